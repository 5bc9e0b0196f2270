//! A certificate on A4: frame, title, what stands on it, issuer, and the QR code that leads to
//! its present state. The signed statement is in the file's metadata too, in the clear, so
//! that a verifier finds it without reading pictures.

use jiff::civil::Date;
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
};
use yiwang_chassis::fault::Fault;

use super::{font::Typefaces, qr::Qr};

// Points; 72 to the inch.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const LABEL_AT: f32 = 92.0;
const VALUE_AT: f32 = 206.0;
const VALUE_WIDTH: f32 = WIDTH - VALUE_AT - 84.0;
const ROWS_AT: f32 = 264.0;
const LINE: f32 = 22.0;
/// Lines between the title and the QR code.
const LINES: usize = 15;
const QR_AT: (f32, f32) = (84.0, 596.0);
const QR_SIDE: f32 = 150.0;
const ROW_SIZE: f32 = 13.0;

const INK: (u8, u8, u8) = (32, 39, 42);
const SOFT: (u8, u8, u8) = (80, 89, 93);
const ACCENT: (u8, u8, u8) = (11, 95, 85);
const LATE: (u8, u8, u8) = (163, 34, 27);

/// What is printed.
pub(super) struct Paper {
    pub(super) title: String,
    pub(super) number: String,
    /// Why it is no longer valid; empty when it is.
    pub(super) ended: String,
    pub(super) rows: Vec<(String, String)>,
    pub(super) issuer: String,
    /// In words.
    pub(super) issued_on: String,
    /// The page where certificates are checked.
    pub(super) address: String,
    pub(super) qr: Qr,
    pub(super) statement: String,
}

/// A line of the table: the label stands on the first line of its value only.
struct Line {
    label: String,
    value: String,
}

/// Draws the file; `today` is its date.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn draw(fonts: &Typefaces, paper: &Paper, today: Date) -> Result<Vec<u8>, Fault> {
    let mut document = Document::new();
    document.set_metadata(metadata(paper, today));
    let lines = lines(fonts, &paper.rows);
    let pages = lines.chunks(LINES).count().max(1);
    for number in 0..pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT)
            .ok_or_else(|| Fault::internal("a page without a size"))?;
        let mut page = document.start_page_with(settings);
        let mut pen = Pen {
            fonts,
            surface: page.surface(),
        };
        pen.frame();
        pen.head(paper);
        pen.table(lines.chunks(LINES).nth(number).unwrap_or_default());
        pen.foot(paper, number + 1, pages);
    }
    document
        .finish()
        .map_err(|error| Fault::internal(format!("no PDF: {error:?}")))
}

fn metadata(paper: &Paper, today: Date) -> Metadata {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(today.year()).unwrap_or_default())
        .month(part(today.month()))
        .day(part(today.day()))
        .utc_offset_hour(8);
    Metadata::new()
        .title(format!("{} {}", paper.title, paper.number))
        .authors(vec![paper.issuer.clone()])
        .creator("一网民政".to_owned())
        .language("zh-CN".to_owned())
        .keywords(vec![paper.statement.clone()])
        .creation_date(date)
}

/// The rows, with long values on several lines.
fn lines(fonts: &Typefaces, rows: &[(String, String)]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (label, value) in rows {
        let mut label = label.clone();
        let mut line = String::new();
        for character in value.chars() {
            let wide = (fonts.width(&line) + 1.0) * ROW_SIZE > VALUE_WIDTH;
            if character == '\n' || wide {
                let (label, value) = (std::mem::take(&mut label), std::mem::take(&mut line));
                lines.push(Line { label, value });
            }
            if !character.is_control() {
                line.push(character);
            }
        }
        lines.push(Line { label, value: line });
    }
    lines
}

/// Draws on one page.
struct Pen<'a> {
    fonts: &'a Typefaces,
    surface: Surface<'a>,
}

impl Pen<'_> {
    fn color(&mut self, (red, green, blue): (u8, u8, u8)) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
    }

    /// Rectangles as one shape, so that neighbours show no gap: x, y, width, height.
    fn rectangles(&mut self, rectangles: impl IntoIterator<Item = [f32; 4]>) {
        let mut path = PathBuilder::new();
        for [x, y, width, height] in rectangles {
            if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rectangle);
            }
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    /// Writes from the left.
    fn write(&mut self, text: &str, size: f32, mut x: f32, y: f32) {
        for piece in self.fonts.pieces(text) {
            let at = Point::from_xy(x, y);
            self.surface
                .draw_glyphs(at, &piece.glyphs, piece.font, &piece.text, size, false);
            x += piece.width * size;
        }
    }

    fn centred(&mut self, text: &str, size: f32, y: f32) {
        let x = (WIDTH - self.fonts.width(text) * size) / 2.0;
        self.write(text, size, x, y);
    }

    fn right(&mut self, text: &str, size: f32, y: f32) {
        let x = WIDTH - LABEL_AT - self.fonts.width(text) * size;
        self.write(text, size, x, y);
    }

    fn frame(&mut self) {
        self.color(ACCENT);
        for (inset, thick) in [(36.0, 3.0), (43.0, 0.8)] {
            let (width, height) = (WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset);
            self.rectangles([
                [inset, inset, width, thick],
                [inset, inset + height - thick, width, thick],
                [inset, inset, thick, height],
                [inset + width - thick, inset, thick, height],
            ]);
        }
    }

    fn head(&mut self, paper: &Paper) {
        self.color(ACCENT);
        self.centred("电子证照", 13.0, 112.0);
        self.color(INK);
        self.centred(&paper.title, 36.0, 172.0);
        self.color(SOFT);
        self.centred(&format!("证号　{}", paper.number), 12.0, 206.0);
        if !paper.ended.is_empty() {
            self.color(LATE);
            self.centred(&format!("下载时的状态：{}", paper.ended), 15.0, 238.0);
        }
    }

    fn table(&mut self, lines: &[Line]) {
        let mut y = ROWS_AT;
        for line in lines {
            if !line.label.is_empty() {
                self.color(SOFT);
                self.write(&line.label, ROW_SIZE, LABEL_AT, y);
            }
            self.color(INK);
            self.write(&line.value, ROW_SIZE, VALUE_AT, y);
            y += LINE;
        }
    }

    fn foot(&mut self, paper: &Paper, page: usize, pages: usize) {
        self.color(INK);
        let (left, top) = QR_AT;
        let squares = |count: usize| count as f32;
        let square = QR_SIDE / squares(paper.qr.side());
        let runs = paper.qr.runs();
        self.rectangles(runs.iter().map(|run| {
            let (x, y) = (squares(run.x) * square, squares(run.y) * square);
            [left + x, top + y, squares(run.length) * square, square]
        }));
        self.right(&paper.issuer, 14.0, 650.0);
        self.right(&paper.issued_on, 14.0, 678.0);
        self.color(SOFT);
        let x = left + QR_SIDE + 12.0;
        self.write("扫码核验签名和现在的状态，以核验结果为准。", 9.5, x, 714.0);
        self.write(&format!("核验网址　{}", paper.address), 9.5, x, 730.0);
        if pages > 1 {
            self.centred(&format!("第{page}页，共{pages}页"), 9.5, 778.0);
        }
    }
}

#[cfg(test)]
mod tests;
