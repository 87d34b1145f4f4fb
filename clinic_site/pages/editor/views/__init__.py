"""The pages room in the admin, one module for each thing that staff do."""
