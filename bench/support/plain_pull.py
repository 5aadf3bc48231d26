"""What a plain script costs: the ids of a model and all of their records, 1,000 a call, on Odoo's own client library.

Reads a JSON object from the file that is named (url, database, key, model, domain, fields, companies), prints the seconds.
It keeps nothing: no store, no hash, no proof.
"""
import json
import sys
import time
from urllib.parse import urlparse

import odoolib

CHUNK = 1000

with open(sys.argv[1], encoding="utf-8") as file:
    asked = json.load(file)
url = urlparse(asked["url"])
began = time.monotonic()
connection = odoolib.get_connection(
    hostname=url.hostname, port=url.port, protocol="json2", database=asked["database"], password=asked["key"]
)
model = connection.get_model(asked["model"])
context = {"active_test": False, "allowed_company_ids": asked["companies"]}
ids = model.search(domain=asked["domain"], order="id", context=context)
records = 0
for start in range(0, len(ids), CHUNK):
    read = model.read(ids=ids[start : start + CHUNK], fields=asked["fields"], context=context)
    records += len(read) if isinstance(read, list) else 1  # the library unpacks a list of one
if records != len(ids):
    sys.exit(f"{records} records of {len(ids)} ids")
print(time.monotonic() - began)
