//! Rows of the first sheet of an XLSX file, cell after cell. Only the table of its texts is
//! held in memory, within a limit.

use std::io::{Read, Seek, SeekFrom};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::ZipArchive;

use super::reading::{Flow, Unreadable};

mod texts;

/// Bytes of all parts unpacked, and of all parts but the sheets: a small file can be huge inside.
const LARGEST: u64 = 256 << 20;
const LARGEST_BESIDE_SHEETS: u64 = 64 << 20;
/// Texts in the table: each costs some 56 bytes of memory besides its characters. 100,000 rows
/// have 300,000 (20 MB); whoever has more than 400,000 rows saves them as CSV.
const MOST_TEXTS: u64 = 1_300_000;
/// Cells of a row that are looked at.
const MOST_COLUMNS: usize = 256;
/// The largest whole number that a spreadsheet keeps exactly.
const EXACT: f64 = 1e15;

/// Gives each row that has cells with its number.
///
/// # Errors
/// The file is no XLSX, is too large inside, or reading fails.
pub(crate) fn read<R: Read + Seek>(
    mut source: R,
    mut take: impl FnMut(i64, Vec<String>) -> Flow,
) -> Result<(), Unreadable> {
    measure(&mut source)?;
    source.seek(SeekFrom::Start(0)).map_err(|_| broken())?;
    let mut book = Xlsx::new(source).map_err(|_| broken())?;
    let first = book.sheet_names().into_iter().next().ok_or_else(broken)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| broken())?;
    let (mut row, mut line) = (0_u32, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
        let (at, column) = cell.get_position();
        if at < row {
            return Err(broken());
        }
        if at > row {
            let full = std::mem::take(&mut line);
            if !full.is_empty() && take(i64::from(row) + 1, full) == Flow::Stop {
                return Ok(());
            }
            row = at;
        }
        let column = usize::try_from(column).unwrap_or(MOST_COLUMNS);
        let text = text(cell.get_value());
        if column < MOST_COLUMNS && !text.is_empty() {
            line.resize(line.len().max(column + 1), String::new());
            line[column] = text;
        }
    }
    if !line.is_empty() {
        take(i64::from(row) + 1, line);
    }
    Ok(())
}

/// Refuses what would fill the memory. The reader of the parts holds them to the sizes
/// declared here.
fn measure(source: impl Read + Seek) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(source).map_err(|_| broken())?;
    let (mut all, mut beside, mut table) = (0_u64, 0_u64, None);
    for index in 0..archive.len() {
        let part = archive.by_index_data(index).map_err(|_| broken())?;
        let name = part.name().map_err(|_| broken())?.to_ascii_lowercase();
        all = all.saturating_add(part.size());
        if !name.contains("worksheets/") {
            beside = beside.saturating_add(part.size());
        }
        if name.ends_with("sharedstrings.xml") {
            table = Some(index);
        }
    }
    if all > LARGEST || beside > LARGEST_BESIDE_SHEETS {
        return Err(too_large());
    }
    let Some(index) = table else { return Ok(()) };
    let part = archive.by_index(index).map_err(|_| broken())?;
    let mut head = Vec::new();
    part.take(4096)
        .read_to_end(&mut head)
        .map_err(|_| broken())?;
    // Room for so many texts is made before they are read.
    let announced = texts::announced(&String::from_utf8_lossy(&head));
    if announced.is_none_or(|count| count > MOST_TEXTS) {
        return Err(too_large());
    }
    let part = archive.by_index(index).map_err(|_| broken())?;
    match texts::counted(part.take(LARGEST_BESIDE_SHEETS)) {
        Ok(count) if count <= MOST_TEXTS => Ok(()),
        Ok(_) => Err(too_large()),
        Err(_) => Err(broken()),
    }
}

/// A cell as a person reads it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            format!("{number:.0}")
        }
        // As a spreadsheet shows it: the last digits are lost.
        DataRef::Float(number) if number.abs() >= EXACT => format!("{number:E}").replace('E', "E+"),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::DateTimeIso(at) => at.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn broken() -> Unreadable {
    let message = "这不是能打开的XLSX文件，请用表格软件另存为XLSX或者CSV后重新上传。";
    Unreadable::new("FILE_BROKEN", message)
}

fn too_large() -> Unreadable {
    let message = "这个XLSX文件展开后太大，请删去多余的工作表，或者另存为CSV后重新上传。";
    Unreadable::new("FILE_TOO_LARGE", message)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(i64, Vec<String>)>, Unreadable> {
        let mut rows = Vec::new();
        read(Cursor::new(bytes), |row, cells| {
            rows.push((row, cells));
            Flow::Go
        })?;
        Ok(rows)
    }

    #[test]
    fn cells_read_as_people_see_them() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write(0, 0, "证字号").unwrap();
        sheet.write(0, 2, "登记日期").unwrap();
        sheet.write(1, 0, "J1").unwrap();
        let at = ExcelDateTime::from_ymd(1987, 5, 6).unwrap();
        sheet.write_with_format(1, 2, &at, &day).unwrap();
        sheet.write(3, 0, 420_323_780_512_101_i64).unwrap();
        sheet.write(3, 1, 420_323_197_805_121_012.0).unwrap();
        sheet.write(3, 2, true).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let line = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            rows(&bytes).unwrap(),
            [
                (1, line(&["证字号", "", "登记日期"])),
                (2, line(&["J1", "", "1987-05-06"])),
                (
                    4,
                    line(&["420323780512101", "4.20323197805121E+17", "TRUE"])
                ),
            ]
        );
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [b"".as_slice(), b"PK\x03\x04", &[0; 4000]] {
            assert_eq!(rows(bytes).unwrap_err().code, "FILE_BROKEN");
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        zip.start_file("xl/sharedStrings.xml", options).unwrap();
        zip.write_all(br#"<sst uniqueCount="99999999999"><si/></sst>"#)
            .unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(rows(&bytes).unwrap_err().code, "FILE_TOO_LARGE");

        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/styles.xml", options).unwrap();
        for _ in 0..97 {
            zip.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        assert_eq!(rows(&bytes).unwrap_err().code, "FILE_TOO_LARGE");
    }

    #[test]
    fn a_table_of_more_texts_than_it_announces_is_refused() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default())
            .unwrap();
        zip.write_all(br#"<sst uniqueCount="1">"#).unwrap();
        let texts = b"<si/>".repeat(100_000);
        for _ in 0..16 {
            zip.write_all(&texts).unwrap();
        }
        zip.write_all(b"</sst>").unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(rows(&bytes).unwrap_err().code, "FILE_TOO_LARGE");
    }
}
