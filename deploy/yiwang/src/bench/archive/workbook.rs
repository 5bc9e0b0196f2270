//! A CSV as a spreadsheet like Excel writes it: every text once in a shared table, which a reader
//! must hold while it reads the cells.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use zip::{ZipWriter, write::SimpleFileOptions};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The rows of a CSV without quotes as the only sheet.
pub(super) fn of_csv(csv: &[u8]) -> anyhow::Result<Vec<u8>> {
    let csv = std::str::from_utf8(csv)?;
    let (mut table, mut texts) = (HashMap::new(), String::new());
    let mut sheet = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    for (row, line) in (1..).zip(csv.lines()) {
        write!(sheet, "<row r=\"{row}\">")?;
        for (column, text) in ('A'..='Z').zip(line.split(',')) {
            if text.is_empty() {
                continue;
            }
            let fresh = table.len();
            let index = *table.entry(text).or_insert(fresh);
            if index == fresh {
                write!(texts, "<si><t>{text}</t></si>")?;
            }
            write!(sheet, "<c r=\"{column}{row}\" t=\"s\"><v>{index}</v></c>")?;
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let count = table.len();
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relations(&[("officeDocument", "xl/workbook.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>\
                 <sheet name=\"补录\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ]),
        ),
        (
            "xl/sharedStrings.xml",
            format!("{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{count}\">{texts}</sst>"),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part = |name, what| {
        format!("<Override PartName=\"/xl/{name}\" ContentType=\"{kind}.{what}+xml\"/>")
    };
    let parts = [
        part("workbook.xml", "sheet.main"),
        part("worksheets/sheet1.xml", "worksheet"),
        part("sharedStrings.xml", "sharedStrings"),
    ];
    let relations = "application/vnd.openxmlformats-package.relationships+xml";
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{relations}\"/>{}</Types>",
        parts.concat()
    )
}

fn relations(targets: &[(&str, &str)]) -> String {
    let mut text = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">");
    for (id, (kind, target)) in (1..).zip(targets) {
        let _ = write!(
            text,
            "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>"
        );
    }
    text + "</Relationships>"
}
