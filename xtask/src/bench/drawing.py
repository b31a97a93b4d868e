"""Peers of `cargo xtask bench pdf`: pdfium and MuPDF within one process, each asked as drawing_speed.rs is.

Started with the peer's name; reads "FILE<tab>HEIGHT" lines and answers "SECONDS<tab>WIDTHxHEIGHT": from the file's bytes
in memory to the bitmap of its first page, opaque, three or four bytes a pixel.
"""

import sys
import time


def pdfium():
    import pypdfium2

    def draw(content, height):
        document = pypdfium2.PdfDocument(content)
        page = document[0]
        bitmap = page.render(scale=height / page.get_height())
        size = (bitmap.width, bitmap.height)
        bitmap.close()
        page.close()
        document.close()
        return size

    return draw


def mupdf():
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)

    def draw(content, height):
        with pymupdf.open(stream=content, filetype="pdf") as document:
            page = document[0]
            scale = height / page.rect.height
            pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
            return pixels.width, pixels.height

    return draw


def main():
    draw = {"pdfium": pdfium, "mupdf": mupdf}[sys.argv[1]]()
    print("ready", flush=True)
    for line in sys.stdin:
        file, height = line.rstrip("\n").split("\t")
        try:
            with open(file, "rb") as opened:
                content = opened.read()
            start = time.perf_counter()
            width, height = draw(content, float(height))
            seconds = time.perf_counter() - start
            print(f"{seconds}\t{width}x{height}", flush=True)
        except Exception as problem:
            print("failed\t" + " ".join(str(problem).split()), flush=True)


if __name__ == "__main__":
    main()
