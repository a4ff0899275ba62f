"""What everything else is made of: errors, text that is safe to print, records and their JSON Schemas."""
