"""The base of all other folders: errors, text that is safe to print, records and their JSON Schemas."""
