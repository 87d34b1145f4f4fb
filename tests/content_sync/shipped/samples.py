"""What comes with the code in tests of upgrades, and what the clinic made of it."""

from tests.content_sync.folder import CLINIC

WARNING = "> [!CALL]\n> Call 9-1-1: chest pain."
NEW_WARNING = "> [!CALL]\n> Call 9-1-1: chest pain, or no breath."
BODY = f"First.\n\n{WARNING}\n\nLast."
SAMPLE = CLINIC | {"name": "IMS Dry Needling BC", "phone": "604-555-0142"}
OURS = CLINIC | {"name": "Harbour Physio", "phone": "604-555-4111"}
