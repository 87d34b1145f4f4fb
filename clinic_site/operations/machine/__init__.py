"""What the machine is told of the site: the services that systemd runs."""
