#!/usr/bin/env python3
"""Copies the contestants into a peer harness: install.py HARNESS"""
import pathlib, shutil, sys

here = pathlib.Path(__file__).resolve().parent
checkout = here.parent.parent
harness = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else sys.exit(__doc__))

for name in ("declarest", "declarest-hyper"):
    target = harness / "clients" / name
    shutil.copytree(here / name, target, dirs_exist_ok=True)
    manifest = target / "Cargo.toml"
    manifest.write_text(manifest.read_text().replace("@CHECKOUT@", str(checkout)))

generator = harness / "gen" / "gen.py"
text, ours = generator.read_text(), (here / "generate.py").read_text().replace("@CHECKOUT@", str(checkout))
if "def declarest(" not in text:
    generator.write_text(text.replace("def write(", ours + "\n\ndef write(", 1))
