"""审计记录: the whole trail for the auditor, who reads it and changes nothing (R22)."""
