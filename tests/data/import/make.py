#!/usr/bin/env python3
"""Makes the corpus of lists in corpus/ with other programs, and corpus.json: how each is imported and what must come out.

    pip install openpyxl msoffcrypto-tool; apt-get install libreoffice-calc python3-uno; python3 make.py

xlsx are written by openpyxl, ods and xls (and what they were saved from again) by LibreOffice, text by Python and by
LibreOffice; TCVN3 comes from the C library's iconv, VNI from the table below. All names are made up.
"""
import csv, datetime, io, json, os, shutil, subprocess, sys, tempfile, time, unicodedata, zipfile

import msoffcrypto.format.ooxml
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "corpus")
CASES = []

# --- the old encodings, as CP1252 shows them ---------------------------------------------------------------------
TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
HATS = {"\u0302": {None: "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"},
        "\u0306": {None: "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}}
WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def vni(text):
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        small = letter.lower()
        case = str.upper if letter != small else str
        if small in WHOLE:
            out += case(WHOLE[small])
            continue
        base, *marks = unicodedata.normalize("NFD", small)
        tone = next((mark for mark in marks if mark in TONES), None)
        hat = next((mark for mark in marks if mark in HATS), None)
        if hat:
            out += case(base) + case(HATS[hat][tone])
        elif "\u031b" in marks:
            out += case({"o": "ô", "u": "ö"}[base]) + case(TONES.get(tone, ""))
        else:
            out += case(base) + case(TONES.get(tone, ""))
    return out


def tcvn3(text):
    done = subprocess.run(["iconv", "-f", "utf8", "-t", "TCVN5712-1"], input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode("latin1")


# --- writing ------------------------------------------------------------------------------------------------------
def path(name):
    return os.path.join(OUT, name)


def book(name, rows, font=None, title=None, change=None, epoch=None):
    made = openpyxl.Workbook()
    if epoch:
        made.epoch = epoch
    sheet = made.active
    if title:
        sheet.title = title
    for row in rows:
        sheet.append(row)
    if font:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=font)
    if change:
        change(made, sheet)
    made.save(path(name))
    return name


def office(name, to, filter=None, out=None, infilter=None):
    """Saves a file again with LibreOffice, as another type."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", to + (f":{filter}" if filter else ""), "--outdir", folder]
        if infilter:
            command.append(f"--infilter={infilter}")
        subprocess.run(command + [path(name)], check=True, capture_output=True)
        made = os.listdir(folder)[0]
        out = out or os.path.splitext(name)[0] + "." + to
        shutil.move(os.path.join(folder, made), path(out))
    return out


LOCKED = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    it = PropertyValue(); it.Name = name; it.Value = value; return it
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(60):
    try:
        context = resolver.resolve("uno:socket,host=localhost,port=20202;urp;StarOffice.ComponentContext"); break
    except Exception: time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
doc = desktop.loadComponentFromURL("file://" + sys.argv[1], "_blank", 0, (prop("Hidden", True),))
for out, filter in zip(sys.argv[2::2], sys.argv[3::2]):
    doc.storeToURL("file://" + out, (prop("FilterName", filter), prop("Password", "bi mat")))
doc.close(True)
try: desktop.terminate()
except Exception: pass
"""


def locked(name, *outs):
    server = subprocess.Popen(["soffice", "--headless", "--accept=socket,host=localhost,port=20202;urp;"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    words = [word for out, filter in outs for word in (path(out), filter)]
    subprocess.run(["/usr/bin/python3", "-c", LOCKED, path(name)] + words, check=True)
    server.wait(timeout=60)


def case(name, kind, records=None, more=(), setup=(), err=None, out=None, code=0):
    """How a file is imported: the kind, further words, what is there before, and what must come out: the fields of the
    records (others are not looked at), or the words of the refusal."""
    CASES.append({"file": name, "as": kind, "more": list(more), "setup": [list(words) for words in setup],
                  "records": records, "err": err, "out": out, "code": code})


PEOPLE = [("Nguyễn Thị Hường", 1985, "0912345678", "Thôn Đông Thượng"), ("Trần Thị Mỹ Lệ", 1990, "0987654321", "Thôn Đồng Tiến"),
          ("Phạm Thị Thủy", 1979, "0905123456", "Tổ dân phố số 5"), ("Đặng Thị Ngọc Ánh", 1988, "0368123456", "Thôn Trà Lý")]
PERSON = [{"name": name, "birth": str(year), "phone": phone, "address": home} for name, year, phone, home in PEOPLE]


def people(conv=str, phone=str):
    rows = [[conv(word) for word in ("STT", "Họ và tên", "Năm sinh", "Số điện thoại", "Địa chỉ")]]
    for number, (name, year, number_, home) in enumerate(PEOPLE, 1):
        rows.append([number, conv(name), year, phone(number_), conv(home)])
    return rows


def titled(rows):
    head = [["HỘI LHPN XÃ QUỲNH PHỤ"], ["DANH SÁCH HỘI VIÊN NÒNG CỐT NĂM 2026"], [], ["(Kèm theo Kế hoạch số 05/KH-HPN)"], []]
    foot = [["Tổng cộng", None, None, 4], [], [None, None, None, "NGƯỜI LẬP"], [None, None, None, "Nguyễn Thị Hằng"]]
    return head + rows + foot


def make():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)

    # Titles, merged cells, a line of sums and signatures; three formats.
    def merge(made, sheet):
        for row in (1, 2, 4):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
        sheet.merge_cells("A11:C11")
    # A name at the foot with nothing beside it stands below a column that goes nowhere; the line of sums is no person.
    book("titles.xlsx", titled(people())[:-2], change=merge)
    case("titles.xlsx", "person", PERSON)
    case(office("titles.xlsx", "ods"), "person", PERSON)
    case(office("titles.xlsx", "xls", "MS Excel 97"), "person", PERSON)

    # Old encodings in all formats.
    book("tcvn3.xlsx", people(tcvn3), font=".VnTime")
    case("tcvn3.xlsx", "person", PERSON, err="chuyển sang Unicode")
    case(office("tcvn3.xlsx", "xls", "MS Excel 97"), "person", PERSON, err="chuyển sang Unicode")
    case(office("tcvn3.xlsx", "ods"), "person", PERSON, err="chuyển sang Unicode")
    book("vni.xlsx", people(vni), font="VNI-Times")
    case("vni.xlsx", "person", PERSON, err="chuyển sang Unicode")
    case(office("vni.xlsx", "xls", "MS Excel 97"), "person", PERSON, err="chuyển sang Unicode")
    case(office("vni.xlsx", "ods"), "person", PERSON, err="chuyển sang Unicode")
    for name, conv in (("tcvn3.csv", tcvn3), ("vni.csv", vni)):
        text = "\r\n".join(";".join(str(cell) for cell in row) for row in people(conv))
        open(path(name), "wb").write(text.encode("latin1"))
        case(name, "person", PERSON, err="chuyển sang Unicode")
    # Half the sheet Unicode, half TCVN3, as lists grow over twenty years.
    rows = people()[:3] + [[c if i in (0, 2, 3) else tcvn3(c) for i, c in enumerate(row)] for row in people()[3:]]
    book("mixed.xlsx", rows)
    case("mixed.xlsx", "person", PERSON, err="chuyển sang Unicode")
    # CP1258: letters with hats and horns in one, tones combining behind them.
    def cp1258(text):
        out = b""
        for letter in unicodedata.normalize("NFC", text):
            try:
                out += letter.encode("cp1258")
            except UnicodeEncodeError:
                parts = unicodedata.normalize("NFD", letter)
                tone = next(p for p in parts if p in TONES)
                out += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
        return out
    open(path("cp1258.csv"), "wb").write(b"\r\n".join(cp1258(",".join(str(c) for c in row)) for row in people()))
    case("cp1258.csv", "person", PERSON)

    # Text: what parts the columns, quotes, marks at the beginning, UTF-16.
    text = io.StringIO()
    csv.writer(text).writerows(people())
    open(path("bom.csv"), "wb").write(b"\xef\xbb\xbf" + text.getvalue().encode())
    case("bom.csv", "person", PERSON)
    text = "\r\n".join("\t".join(str(cell) for cell in row) for row in people())
    open(path("utf16.txt"), "wb").write(text.encode("utf-16"))
    case("utf16.txt", "person", PERSON)
    open(path("utf16be.tsv"), "wb").write(b"\xfe\xff" + text.encode("utf-16-be"))
    case("utf16be.tsv", "person", PERSON)
    open(path("decomposed.csv"), "wb").write(unicodedata.normalize("NFD", text.replace("\t", ",")).encode())
    case("decomposed.csv", "person", PERSON)
    case(office("titles.xlsx", "csv", "Text - txt - csv (StarCalc):59,34,76", "semicolons.csv"), "person", PERSON)
    open(path("quoted.csv"), "w").write('Họ và tên,Địa chỉ,Ghi chú\n"Nguyễn Thị ""Út"" Hoa","Thôn 1, xã Trà Lý","dòng một\ndòng hai"\n')
    case("quoted.csv", "person", [{"name": 'Nguyễn Thị "Út" Hoa', "address": "Thôn 1, xã Trà Lý", "note": "dòng một\ndòng hai"}],
         more=["--warnings", "accept"])

    # Dates in every shape, and both calendars of Excel.
    day = datetime.date(2024, 6, 5)
    shapes = [day, datetime.datetime(2024, 6, 5, 14, 30), "5/6/2024", "05.06.24", "5-6-2024", "2024-06-05", "05062024",
              "ngày 5 tháng 6 năm 2024", 45448, "45448"]
    visits = [["Ngày thăm", "Mã HTX", "Mục đích", "Hướng dẫn"]]
    visits += [[shape, "HTX001", "Đánh giá", f"lần {number}"] for number, shape in enumerate(shapes, 1)]
    coop = [["add", "cooperative", "kind=HTX", "name=HTX An Khang", "code=HTX001"]]
    visit = {"date": "2024-06-05"}
    book("dates.xlsx", visits)
    case("dates.xlsx", "visit", [visit] * 9, more=["--warnings", "accept"], setup=coop, code=1, err="dòng 11")
    case(office("dates.xlsx", "xls", "MS Excel 97"), "visit", [visit] * 9, more=["--warnings", "accept"], setup=coop, code=1)
    case(office("dates.xlsx", "ods"), "visit", [visit] * 9, more=["--warnings", "accept"], setup=coop, code=1)
    book("dates1904.xlsx", [visits[0], visits[1]], epoch=CALENDAR_MAC_1904)
    case("dates1904.xlsx", "visit", [visit], setup=coop, more=["--warnings", "accept"])
    births = [["Họ tên", "Ngày sinh"], ["Lê Thị Một", 1985], ["Lê Thị Hai", "1985"], ["Lê Thị Ba", "06/1985"],
              ["Lê Thị Bốn", datetime.date(1985, 6, 5)], ["Lê Thị Năm", "5/6/85"]]
    book("births.xlsx", births)
    case("births.xlsx", "person", [{"name": n, "birth": b} for n, b in (("Lê Thị Một", "1985"), ("Lê Thị Hai", "1985"),
         ("Lê Thị Ba", "1985-06"), ("Lê Thị Bốn", "1985-06-05"), ("Lê Thị Năm", "1985-06-05"))])

    # Numbers with dots and commas, in words, as text; telephones that lost their nought; names in capitals.
    figures = [["Tên HTX", "Ngày", "Số TV", "Số TV nữ", "Vốn điều lệ"], ["HTX An Khang", day, "1.200", 600, "1,5 tỷ"]]
    book("figures.xlsx", figures)
    case("figures.xlsx", "measurement", [{"members": 1200, "members_women": 600, "capital": 1500000000}], setup=coop,
         more=["--warnings", "accept"])
    phones = [["HỌ VÀ TÊN", "SĐT"], ["NGUYỄN THỊ HẰNG", 912345678], ["trần thị lan", "+84 987 654 321"],
              ["Phạm Thị Mai", "0905.123.456"], ["Lê Thị Cúc", "01682345678"]]
    book("phones.xlsx", phones)
    case("phones.xlsx", "person", [{"name": "Nguyễn Thị Hằng", "phone": "0912345678"}, {"name": "Trần Thị Lan", "phone": "0987654321"},
         {"name": "Phạm Thị Mai", "phone": "0905123456"}, {"name": "Lê Thị Cúc"}], more=["--proper-names", "--warnings", "accept"])

    # Cooperatives: codes by code, label or nearly so; a tax code that lost its nought.
    coops = [["TT", "Tên HTX, THT", "Loại hình", "MST", "Ngày thành lập"],
             [1, "HTX Dược liệu An Khang", "HTX", 100233488, datetime.date(2019, 3, 1)],
             [2, "THT Trồng nấm Đông Hải", "Tổ hợp tác", None, None],
             [3, "HTX Môi trường xanh", "Hợp tác xã", None, "01/7/2020"], [4, "HTX không rõ", "Cái gì đó", None, None]]
    book("coops.xlsx", coops)
    found = [{"name": "HTX Dược liệu An Khang", "kind": "HTX", "tax_code": "0100233488", "registered_on": "2019-03-01"},
             {"name": "THT Trồng nấm Đông Hải", "kind": "THT"}, {"name": "HTX Môi trường xanh", "kind": "HTX", "registered_on": "2020-07-01"}]
    case(office("coops.xlsx", "ods"), "cooperative", found, code=1, err="dòng 5: Loại hình")
    case("coops.xlsx", "cooperative", found, code=1, err="dòng 5: Loại hình")

    # Formulas: with the value that was stored, without one, and one that went wrong.
    def formulas(made, sheet):
        sheet["B3"] = '=UPPER("a")&"nh"'
        sheet["D2"] = '="0912345"&"678"'
        sheet["E3"] = "=1/0"
    book("formulas_bare.xlsx", people()[:3], change=formulas)
    office("formulas_bare.xlsx", "xlsx", "Calc MS Excel 2007 XML", "formulas.xlsx")
    os.remove(path("formulas_bare.xlsx"))
    case("formulas.xlsx", "person", [PERSON[0]], code=1, err="dòng 3: Địa chỉ: ô có lỗi công thức #DIV/0!")

    def link(made, sheet):
        sheet["E2"] = "='file:///khong/co/that/khac.xlsx'#$Sheet1.A1"
        sheet["B2"].hyperlink = "http://example.com/"
    book("links_bare.xlsx", people()[:2], change=link)
    os.rename(path("links_bare.xlsx"), path("links.xlsx"))
    # A link is not followed: the cell is as empty as it was stored.
    case("links.xlsx", "person", [{key: value for key, value in PERSON[0].items() if key != "address"}])

    # The list on the third sheet, another one hidden, letters of two looks in a cell.
    def sheets(made, sheet):
        sheet.append(["Hướng dẫn: điền vào trang bên"])
        hidden = made.create_sheet("Cũ")
        hidden.sheet_state = "hidden"
        hidden.append(["Họ và tên", "SĐT"])
        hidden.append(["Không Ai Cả", "0911111111"])
        right = made.create_sheet("Danh sách")
        for row in people():
            right.append(row)
        right["B2"] = CellRichText("Nguyễn ", TextBlock(InlineFont(b=True), "Thị Hường"))
    book("sheets.xlsx", [], change=sheets)
    case("sheets.xlsx", "person", PERSON)

    # A sign-in sheet into its session, booths into their fair.
    session = [["add", "training", "title=Quản trị HTX", "topics=KY_NANG_SO", "from=2026-05-21"],
               ["add", "person", "name=Nguyễn Thị Hường", "phone=0912345678"],
               ["add", "cooperative", "kind=HTX", "name=HTX An Khang", "code=HTX001"]]
    signed = [["DANH SÁCH ĐIỂM DANH"], ["TT", "Họ và tên", "Năm sinh", "Đơn vị", "Điện thoại", "Ký tên"],
              [1, "Nguyễn Thị Hường", 1985, "HTX An Khang", 912345678, "Hường"], [2, "Vũ Thị Lụa", 1990, "Chi hội thôn 3", None, "Lụa"]]
    book("signed.xlsx", signed)
    case("signed.xlsx", "attendance", [{"state": "CO_MAT"}, {"state": "CO_MAT", "note": "Đơn vị: Chi hội thôn 3"}], setup=session,
         more=["--into", "Quản trị HTX"])
    fair = [["add", "fair", "title=Hội chợ xuân", "kind=HOI_CHO", "from=2026-05-21"],
            ["add", "cooperative", "kind=HTX", "name=HTX An Khang", "code=HTX001"]]
    booths = [["Số gian", "Đơn vị trưng bày", "Sản phẩm", "Doanh thu (đ)", "Số hợp đồng"],
              ["A1", "HTX An Khang", "Trà gừng", "12,5 tr", 2], ["A2", "Cơ sở bánh đa Làng Me", "Bánh đa", 3000000, None]]
    book("booths_made.xlsx", booths)
    office("booths_made.xlsx", "ods", None, "booths.ods")
    os.remove(path("booths_made.xlsx"))
    case("booths.ods", "booth", [{"number": "A1", "products": "Trà gừng", "revenue": 12500000, "contracts": 2},
         {"number": "A2", "exhibitor_name": "Cơ sở bánh đa Làng Me", "revenue": 3000000}], setup=fair,
         more=["--into", "Hội chợ xuân", "--warnings", "accept"])

    # Rows that are only coloured, to the end of the sheet.
    def coloured(made, sheet):
        for row in range(6, 3000):
            sheet.cell(row=row, column=1).fill = PatternFill("solid", fgColor="FFFF00")
    book("coloured.xlsx", people(), change=coloured)
    case("coloured.xlsx", "person", PERSON)
    # A million rows without anything in them, written by hand: no program does that in a small file.
    rows = b"".join(b"<row/>" for _ in range(6, 1_048_577))
    with zipfile.ZipFile(path("coloured.xlsx")) as old, zipfile.ZipFile(path("million.xlsx"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                data = data[:data.index(b'<row r="6"')] + rows + data[data.index(b"</sheetData>"):]
            new.writestr(part, data)
    case("million.xlsx", "person", PERSON)

    # Locked files: today's and the old ones. (An xlsx that is locked is an old container with a package inside.)
    with open(path("titles.xlsx"), "rb") as plain, open(path("locked.xlsx"), "wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("bi mat", out)
    locked("titles.xlsx", ("locked.xls", "MS Excel 97"), ("locked.ods", "calc8"))
    for name in ("locked.xlsx", "locked.xls", "locked.ods"):
        case(name, "person", [], err="mật khẩu", code=1)

    # Names that lie; a file cut short; a page of the web that calls itself a workbook.
    shutil.copy(path("titles.ods"), path("really_ods.xls"))
    case("really_ods.xls", "person", PERSON)
    shutil.copy(path("titles.xls"), path("really_xls.csv"))
    case("really_xls.csv", "person", PERSON)
    whole = open(path("titles.xlsx"), "rb").read()
    open(path("cut.xlsx"), "wb").write(whole[: len(whole) * 2 // 3])
    case("cut.xlsx", "person", [], err="bị hỏng", code=1)
    open(path("cut.xls"), "wb").write(open(path("titles.xls"), "rb").read()[:2000])
    case("cut.xls", "person", [], err="bị hỏng", code=1)
    open(path("web.xls"), "w").write("<html><table><tr><td>Họ và tên</td></tr><tr><td>A</td></tr></table></html>")
    case("web.xls", "person", [], err="không phải là bảng tính", code=1)
    open(path("empty.csv"), "w").write("")
    case("empty.csv", "person", [], err="tiêu đề", code=1)

    # An old workbook whose two cells are as far apart as its sheet allows, on many sheets.
    def far(made, sheet):
        for number in range(8):
            sheet = made.create_sheet(f"Xa {number}")
            sheet.cell(row=1, column=1, value="Họ và tên")
            sheet.cell(row=65536, column=256, value="x")
    book("far_made.xlsx", [], change=far)
    office("far_made.xlsx", "xls", "MS Excel 97", "far.xls")
    os.remove(path("far_made.xlsx"))
    case("far.xls", "person", [], err="Chưa ghi gì", code=1)

    # As member lists are kept: a column of years for each sex, numbers of the columns, groups, dittos, "none" for a number,
    # the place of signatures; saved again by LibreOffice as an old workbook.
    def spanned(made, sheet):
        for cells in ("A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "B6:F6", "B9:F9"):
            sheet.merge_cells(cells)
    book("sexes.xlsx", [
        ["DANH SÁCH HỘI VIÊN NĂM 2026"], [],
        ["TT", "Họ và tên", "Năm sinh", None, "Chỗ ở hiện nay", "Số ĐT liên hệ"], [None, None, "Nam", "Nữ"],
        [1, 2, 3, 4, 5, 6],
        ["I", "CHI HỘI THÔN ĐÔNG THƯỢNG"],
        [1, "NGUYỄN THỊ HẰNG", None, 1985, "Thôn Đông Thượng", 912345678],
        [2, "Phạm Văn Thủy", "05.06.79", None, "nt", "không có"],
        ["II", "CHI HỘI THÔN TRÀ LÝ"],
        [3, "Đặng Thị Ngọc Ánh", None, "1988", "Thôn Trà Lý", "+84 368 123 456"],
        [], [None, "Tổng số: 03 hội viên"], [None, "NGƯỜI LẬP", None, None, "TM. BAN THƯỜNG VỤ"],
        [None, "Nguyễn Thị Thu", None, None, "CHỦ TỊCH"]], change=spanned)
    sexes = [
        {"name": "Nguyễn Thị Hằng", "gender": "NU", "birth": "1985", "address": "Thôn Đông Thượng", "phone": "0912345678"},
        {"name": "Phạm Văn Thủy", "gender": "NAM", "birth": "1979-06-05", "address": "Thôn Đông Thượng", "phone": None},
        {"name": "Đặng Thị Ngọc Ánh", "gender": "NU", "birth": "1988", "address": "Thôn Trà Lý", "phone": "0368123456"}]
    case("sexes.xlsx", "person", sexes, more=["--proper-names"], err="Bỏ qua dòng 6, 9, 12, 13, 14")
    case(office("sexes.xlsx", "xls", "MS Excel 97"), "person", sexes, more=["--proper-names"])

    # A list of cooperatives without their kind, and its figures in millions: taken in twice, as both.
    book("figures_beside.xlsx", [
        ["STT", "Tên HTX", "Địa chỉ trụ sở", "Ngành nghề", "Số liệu đến ngày", "Số thành viên", None, "Doanh thu năm 2025 (triệu đồng)"],
        [None, None, None, None, None, "Tổng số", "Trong đó nữ"],
        [1, "HTX Dệt đũi Nam Cao", "Thôn Cao Bạt", "dệt", "31/12/2025", "1.200", 800, 1250.5],
        [2, "Tổ hợp tác Rau an toàn", "Thôn Đông", "rau; chăn nuôi", "31/12/2025", 12, 12, "2,5 tỷ"]])
    case("figures_beside.xlsx", "cooperative", [
        {"name": "HTX Dệt đũi Nam Cao", "kind": "HTX", "sectors": ["DET_MAY"]},
        {"name": "Tổ hợp tác Rau an toàn", "kind": "THT", "sectors": ["RAU_QUA_AN_TOAN", "CHAN_NUOI"]}],
        err="--as measurement")
    case("figures_beside.xlsx", "measurement", [
        {"members": 1200, "members_women": 800, "revenue": 1250500000},
        {"members": 12, "members_women": 12, "revenue": 2500000000}],
        setup=[["add", "cooperative", "kind=HTX", "name=HTX Dệt đũi Nam Cao"],
               ["add", "cooperative", "kind=THT", "name=Tổ hợp tác Rau an toàn"]])

    with open(os.path.join(OUT, "corpus.json"), "w") as out:
        json.dump(CASES, out, ensure_ascii=False, indent=1)
        out.write("\n")
    print(len(CASES), "cases")


make()
