"""The ASGI application that gunicorn serves: pages in memory in front, Django as WSGI behind."""

from clinic_site.pagecache.asgi_front import Front
from clinic_site.wsgi import pages

application = Front(pages)
