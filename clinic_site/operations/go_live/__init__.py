"""What has to be so before patients come: each point tried on this machine, with what to do where it is not."""
