"""Makes pages.tsv anew: what pdfium and MuPDF draw of the PDFs in ../shared/captures and of the press, in 32 x 32 greys.

    pip install pypdfium2 pillow; apt-get install mupdf-tools
    python3 src-tauri/crates/render/tests/references/make.py > src-tauri/crates/render/tests/references/pages.tsv

Nothing of the pages can be read from so few greys, which is why they may be kept here. A file that an engine refuses has "-".
"""

import glob
import os
import subprocess
import sys
import tempfile

import pypdfium2
from PIL import Image

SIDE = 1024
GRID = 32

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../..")
captures = os.path.join(root, "../shared/captures")
files = [os.path.join(captures, "page-with-pdf/02.pdf")]
files += sorted(glob.glob(os.path.join(captures, "pdf-corpus/*.pdf")))
files += [os.path.join(root, f"src-tauri/crates/press/paper/slrb/2026-11-24/{page}.pdf") for page in ("01", "03")]


def greys(picture):
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return white.convert("L").resize((GRID, GRID), Image.BOX).tobytes().hex()


def pdfium(path):
    try:
        page = pypdfium2.PdfDocument(path)[0]
        return greys(page.render(scale=SIDE / max(page.get_size())).to_pil())
    except pypdfium2.PdfiumError:
        return "-"


def mupdf(path):
    with tempfile.TemporaryDirectory() as folder:
        drawn = os.path.join(folder, "page.png")
        command = ["mutool", "draw", "-q", "-w", str(SIDE), "-h", str(SIDE), "-o", drawn, path, "1"]
        try:
            done = subprocess.run(command, stderr=subprocess.DEVNULL, timeout=20)
        except subprocess.TimeoutExpired:
            return "-"
        return greys(Image.open(drawn)) if done.returncode == 0 and os.path.exists(drawn) else "-"


version = subprocess.run(["mutool", "-v"], capture_output=True, text=True).stderr.split()[-1]
print(f"# pdfium {pypdfium2.PDFIUM_INFO}, MuPDF {version}; file, pdfium's greys, MuPDF's greys")
for path in files:
    print("/".join(path.split("/")[-2:]), pdfium(path), mupdf(path), sep="\t")
    sys.stdout.flush()
