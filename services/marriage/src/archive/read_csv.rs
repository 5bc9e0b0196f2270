//! Lines of a CSV file: UTF-8 with or without a mark, or GBK as Excel in China writes it.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8};

use super::reading::{Flow, Unreadable};

/// Bytes of which the encoding is judged: the Chinese headings are among them.
const HEAD: usize = 8192;

/// Bytes of one line at most; a quotation mark that is not closed swallows all lines.
const LONGEST_LINE: usize = 1 << 20;

/// Gives each line with its number in a spreadsheet.
///
/// # Errors
/// The file is no CSV, or reading fails.
pub(crate) fn read(
    source: impl Read,
    mut take: impl FnMut(i64, Vec<String>) -> Flow,
) -> Result<(), Unreadable> {
    let since_line = Rc::new(Cell::new(0));
    let text = Decoded::new(source, Rc::clone(&since_line)).map_err(|_| broken(1))?;
    // Every line ends with a line feed, also the last, so that lines can be counted.
    let mut lines = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.chain(b"\n".as_slice()));
    let mut record = csv::StringRecord::new();
    let (mut row, mut within) = (0, 0);
    loop {
        match lines.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(_) => return Err(broken(row + 1)),
        }
        since_line.set(0);
        // A spreadsheet counts a cell of several lines as one row.
        let breaks = record
            .iter()
            .flat_map(str::bytes)
            .filter(|byte| *byte == b'\n');
        within += i64::try_from(breaks.count()).unwrap_or_default();
        let next = i64::try_from(lines.position().line()).unwrap_or(i64::MAX);
        row = (next - 1 - within).max(row + 1);
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if let Some(last) = cells.last_mut()
            && last.ends_with('\r')
        {
            last.pop();
        }
        if take(row, cells) == Flow::Stop {
            return Ok(());
        }
    }
}

fn broken(row: i64) -> Unreadable {
    let message = format!("文件从第{row}行起读不下去，请检查引号是否成对，另存为CSV后重新上传。");
    Unreadable::new("FILE_BROKEN", message)
}

/// Turns any encoding into UTF-8; what cannot be read becomes U+FFFD.
struct Decoded<R> {
    source: R,
    decoder: Decoder,
    input: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    /// Everything was decoded.
    finished: bool,
    since_line: Rc<Cell<usize>>,
}

impl<R: Read> Decoded<R> {
    fn new(mut source: R, since_line: Rc<Cell<usize>>) -> io::Result<Self> {
        let mut input = vec![0; HEAD];
        let mut to = 0;
        while to < HEAD {
            match source.read(&mut input[to..])? {
                0 => break,
                read => to += read,
            }
        }
        let head = &input[..to];
        let encoding = match (Encoding::for_bom(head), std::str::from_utf8(head)) {
            (Some((encoding, _)), _) => encoding,
            (None, Ok(_)) => UTF_8,
            // Only the end is cut.
            (None, Err(error)) if error.error_len().is_none() => UTF_8,
            _ => GB18030,
        };
        Ok(Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            input,
            from: 0,
            to,
            ended: false,
            finished: false,
            since_line,
        })
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            let input = &self.input[self.from..self.to];
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, out, self.ended);
            self.from += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                let passed = self.since_line.get() + written;
                self.since_line.set(passed);
                if passed > LONGEST_LINE + out.len() {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                return Ok(written);
            }
            match result {
                // Too little room for one character.
                CoderResult::OutputFull => return Err(io::ErrorKind::InvalidInput.into()),
                CoderResult::InputEmpty if self.ended => {}
                CoderResult::InputEmpty => {
                    self.from = 0;
                    self.to = self.source.read(&mut self.input)?;
                    self.ended = self.to == 0;
                }
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives three bytes at a time, so that every character is cut once.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn lines(bytes: &[u8]) -> Vec<(i64, Vec<String>)> {
        let mut lines = Vec::new();
        read(Drops(bytes), |row, cells| {
            lines.push((row, cells));
            Flow::Go
        })
        .unwrap();
        lines
    }

    fn line(row: i64, cells: &[&str]) -> (i64, Vec<String>) {
        (row, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_encoding_reads_the_same() {
        let text = "证字号,男方姓名\nJ1,张三\nJ2,欧阳修\n";
        let expected = [
            line(1, &["证字号", "男方姓名"]),
            line(2, &["J1", "张三"]),
            line(3, &["J2", "欧阳修"]),
        ];
        let utf8 = text.as_bytes().to_vec();
        let marked = [b"\xEF\xBB\xBF".as_slice(), &utf8].concat();
        let (gbk, _, failed) = GB18030.encode(text);
        assert!(!failed);
        let utf16: Vec<u8> = "\u{FEFF}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [utf8, marked, gbk.into_owned(), utf16] {
            assert_eq!(lines(&bytes), expected);
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let text = "a,b\r\n\r\n1,\"x\r\ny\"\r\n2,\"z, z\"\r\n,\r\n3";
        let expected = [
            line(1, &["a", "b"]),
            line(2, &[""]),
            line(3, &["1", "x\r\ny"]),
            line(4, &["2", "z, z"]),
            line(5, &["", ""]),
            line(6, &["3"]),
        ];
        assert_eq!(lines(text.as_bytes()), expected);
    }

    #[test]
    fn a_character_that_is_none_shows_as_such() {
        let found = lines(b"\xE5\xBC\xA0,\xE5\xBC\n");
        assert_eq!(found.len(), 1);
        let long = [
            ("\u{5F20}\n".repeat(4000)).into_bytes(),
            b"\xFF\xFE\n".to_vec(),
        ]
        .concat();
        let found = lines(&long);
        assert!(found.last().unwrap().1[0].contains('\u{FFFD}'));
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_file() {
        let text = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(1_000_000));
        let mut rows = 0;
        let outcome = read(text.as_bytes(), |_, _| {
            rows += 1;
            Flow::Go
        });
        assert_eq!(outcome.unwrap_err().code, "FILE_BROKEN");
        assert_eq!(rows, 1);
    }
}
