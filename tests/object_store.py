"""A store of pictures as several machines share one: moto's S3, on this machine."""

import logging
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.serving import free_port

KEY, SECRET = "testing", "test/ing+"


class Store:
    """A running server with one bucket in it, looked into past the site."""

    def __init__(self, port: int, bucket: str) -> None:
        boto3 = pytest.importorskip("boto3")
        self.bucket_name, self.endpoint = bucket, f"http://127.0.0.1:{port}"
        self.url = f"s3://{KEY}:test%2Fing%2B@{bucket}/clinic?endpoint={self.endpoint}"
        made = boto3.resource(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )
        self.bucket: Any = made.Bucket(bucket)
        self.bucket.create()

    def names(self) -> set[str]:
        """Every file that the site has in it."""
        return {one.key.removeprefix("clinic/") for one in self.bucket.objects.all()}

    def put(self, name: str, data: bytes) -> None:
        """Put a file there as another machine would."""
        self.bucket.put_object(Key=f"clinic/{name}", Body=data)


@pytest.fixture(scope="session")
def store_server() -> Iterator[int]:
    """The port of a server; skipped where moto is not installed."""
    if find_spec("moto") is None or find_spec("storages") is None:
        pytest.skip("moto or django-storages is not installed (make .venv/.dev).")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # or it tells of each request
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", free_port(), False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def store(store_server: int, request: pytest.FixtureRequest) -> Store:
    """A bucket of the test's own."""
    return Store(store_server, f"pictures-{abs(hash(request.node.nodeid))}")
