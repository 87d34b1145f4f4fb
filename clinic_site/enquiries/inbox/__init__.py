"""The staff inbox: the list of enquiries, search, statistics, reply templates."""
