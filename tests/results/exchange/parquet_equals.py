"""parquet_equals.py DATABASE FOLDER: whether FOLDER/TABLE.parquet hold the values of the database's tables."""
import base64, json, os, sqlite3, struct, sys
import duckdb

database, folder = sqlite3.connect(sys.argv[1]), sys.argv[2]
database.text_factory = bytes


def exact(value):
    if isinstance(value, float):
        return struct.pack("<d", value)
    if isinstance(value, str):
        return base64.b64decode(value[7:]) if value.startswith("base64:") else value.encode()
    return bytes(value) if isinstance(value, bytearray) else value


for table, rows in json.load(open(os.path.join(folder, "manifest.json")))["rows"].items():
    there = [tuple(map(exact, row)) for row in database.execute(f"SELECT * FROM {table}")]
    here = [tuple(map(exact, row)) for row in
            duckdb.execute("SELECT * FROM read_parquet(?)", [os.path.join(folder, table + ".parquet")]).fetchall()]
    if len(here) != rows or sorted(here, key=repr) != sorted(there, key=repr):
        different = [pair for pair in zip(sorted(here, key=repr), sorted(there, key=repr)) if pair[0] != pair[1]]
        sys.exit(f"{table}: {len(here)} rows here, {len(there)} there; {different[:1]}")
print("equal")
