"""What `manage.py dev` adds while the site is written: it sees every file that comes, changes or goes."""
