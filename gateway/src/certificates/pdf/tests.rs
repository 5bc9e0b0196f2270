//! The file holds what it says: statement, text, QR code, a small part of the font.

use std::{fs, io::Read as _, path::Path};

use flate2::read::ZlibDecoder;
use yiwang_civic::certificate::find;

use super::*;

fn paper(rows: usize) -> Paper {
    let statement = format!("YW1.{}.{}", "e".repeat(440), "s".repeat(86));
    Paper {
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        ended: String::new(),
        rows: (0..rows)
            .map(|row| (format!("第{row}项"), "张建国".into()))
            .collect(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: "2026年5月20日".into(),
        address: "https://yiwang.local/verify".into(),
        qr: Qr::of(&format!("https://yiwang.local/verify?c={statement}")).unwrap(),
        statement,
    }
}

fn drawn(paper: &Paper) -> Vec<u8> {
    let fonts = Typefaces::load(Path::new("")).unwrap();
    draw(&fonts, paper, jiff::civil::date(2026, 5, 20)).unwrap()
}

/// The streams of a file as far as they are deflated text.
fn streams(pdf: &[u8]) -> Vec<String> {
    let begins = pdf
        .windows(7)
        .enumerate()
        .filter(|(_, window)| window == b"stream\n");
    let inflate = |(at, _): (usize, &[u8])| {
        let mut text = Vec::new();
        ZlibDecoder::new(&pdf[at + 7..])
            .read_to_end(&mut text)
            .ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    begins.filter_map(inflate).collect()
}

/// Pages whose content has text.
fn pages(streams: &[String]) -> Vec<&String> {
    let content = streams.iter().filter(|text| text.contains("\nBT "));
    content.collect()
}

#[test]
fn the_file_carries_the_statement_and_a_small_part_of_the_font() {
    let paper = paper(14);
    let pdf = drawn(&paper);
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(pdf.ends_with(b"%%EOF"), "{:?}", &pdf[pdf.len() - 8..]);
    assert_eq!(find(&pdf), Ok(paper.statement.as_str()));
    assert!(pdf.len() < 120_000, "{} bytes", pdf.len());
    // To be looked at, like the pages.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/portal");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("certificate.pdf"), &pdf).unwrap();
}

#[test]
fn the_text_can_be_copied_and_the_qr_code_is_drawn() {
    let paper = paper(14);
    let streams = streams(&drawn(&paper));
    let unicode: String = streams
        .iter()
        .filter(|text| text.contains("begincmap"))
        .map(String::as_str)
        .collect();
    for character in "结婚证嘉鱼县民政局J1".chars() {
        let code = format!("<{:04X}>", u32::from(character));
        assert!(unicode.contains(&code), "{character} has no {code}");
    }
    let content = pages(&streams);
    assert_eq!(content.len(), 1);
    let rectangles = content[0].matches(" l\nh").count();
    let frame = 8;
    assert_eq!(rectangles, paper.qr.runs().len() + frame);
}

#[test]
fn many_rows_and_long_values_go_on_over_the_page() {
    assert_eq!(pages(&streams(&drawn(&paper(LINES)))).len(), 1);
    assert_eq!(pages(&streams(&drawn(&paper(LINES + 1)))).len(), 2);
    assert_eq!(pages(&streams(&drawn(&paper(0)))).len(), 1);
    let fonts = Typefaces::load(Path::new("")).unwrap();
    let rows = [("住址".to_owned(), "湖北省咸宁市嘉鱼县鱼岳镇".repeat(8))];
    let lines = lines(&fonts, &rows);
    assert_eq!(
        (lines[0].label.as_str(), lines[1].label.as_str()),
        ("住址", "")
    );
    for line in &lines {
        assert!(fonts.width(&line.value) * ROW_SIZE <= VALUE_WIDTH);
    }
    let whole: String = lines.into_iter().map(|line| line.value).collect();
    assert_eq!(whole, rows[0].1);
}

#[test]
fn what_is_over_says_so() {
    let fonts = Typefaces::load(Path::new("")).unwrap();
    let over = Paper {
        ended: "已失效".into(),
        ..paper(1)
    };
    let pdf = draw(&fonts, &over, jiff::civil::date(2026, 5, 20)).unwrap();
    let streams = streams(&pdf);
    let unicode: String = streams
        .iter()
        .filter(|text| text.contains("begincmap"))
        .map(String::as_str)
        .collect();
    assert!(unicode.contains(&format!("<{:04X}>", u32::from('失'))));
}
