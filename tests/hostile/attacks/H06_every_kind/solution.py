import numpy as np
import json, os, struct

def send(kind, head, body=b""):
    text = json.dumps(head).encode() if not isinstance(head, bytes) else head
    text += b" " * (-len(text) % 16)
    data = struct.pack("<4sIQ", kind, len(text), len(body)) + text + body
    while data:
        data = data[os.write(3, data):]

KINDS = [b"conf", b"rprt", b"redy", b"prbd", b"load", b"call", b"answ", b"????"]

def row_norms(X):
    kind = KINDS[int(abs(X[0, 0]) * 1000) % len(KINDS)]
    send(kind, {"found": {}, "notes": [], "v": 1})

def zscore(x):
    return (x - x.mean()) / x.std()
