"""Reads a ZIP as Python does and prints an entry a line: name, size, time, mode, flags, method, first bytes."""
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as archive:
    bad = archive.testzip()
    if bad:
        sys.exit("broken: " + bad)
    for info in archive.infolist():
        time = "%04d-%02d-%02dT%02d:%02d:%02d" % info.date_time
        line = [info.filename, str(info.file_size), time, oct(info.external_attr >> 16), str(info.flag_bits & 0x800),
                str(info.compress_type), archive.read(info)[:16].hex()]
        sys.stdout.buffer.write("\t".join(line).encode("utf-8") + b"\n")
