"""Django's database backends, with connections that are not kept once there is reason to doubt them."""
