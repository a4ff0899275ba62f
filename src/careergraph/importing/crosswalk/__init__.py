"""The official crosswalk from ESCO to O*NET-SOC, as a workbook."""
