"""A store in which several machines keep their pictures, and the copies of it on each machine."""
