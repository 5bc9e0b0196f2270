//! A QR code as squares, for a page and for paper.

use qrcode::{Color, EcLevel, QrCode};
use yiwang_chassis::fault::Fault;

/// Light squares around a code, which scanners need.
const QUIET: usize = 4;

/// A QR code.
pub(crate) struct Qr {
    width: usize,
    dark: Vec<bool>,
}

/// Dark squares side by side: column and row of the first one, and how many.
pub(crate) struct Run {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) length: usize,
}

impl Qr {
    /// The code of a text; an eighth of it may be dirty.
    ///
    /// # Errors
    /// When the text is too long for any code.
    pub(crate) fn of(text: &str) -> Result<Self, Fault> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L))
            .map_err(|error| Fault::internal(format!("no QR code: {error}")))?;
        Ok(Self {
            width: code.width(),
            dark: code
                .to_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect(),
        })
    }

    /// Squares on each side, with the light ones around.
    pub(crate) fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// The dark squares, row by row.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            let mut length = 0;
            for (x, dark) in row.iter().chain([&false]).enumerate() {
                if *dark {
                    length += 1;
                } else if length > 0 {
                    let (x, y) = (QUIET + x - length, QUIET + y);
                    runs.push(Run { x, y, length });
                    length = 0;
                }
            }
        }
        runs
    }

    /// The dark squares as the path of an SVG whose sides are [`Qr::side`].
    pub(crate) fn path(&self) -> String {
        let square = |Run { x, y, length }: Run| format!("M{x} {y}h{length}v1h-{length}z");
        self.runs().into_iter().map(square).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_the_dark_squares_within_a_light_frame() {
        let qr = Qr::of("https://yiwang.local/verify?c=YW1.x.y").unwrap();
        let dark: usize = qr.runs().iter().map(|run| run.length).sum();
        assert_eq!(dark, qr.dark.iter().filter(|dark| **dark).count());
        for run in qr.runs() {
            assert!(run.x >= QUIET && run.x + run.length <= qr.side() - QUIET);
            assert!(run.y >= QUIET && run.y < qr.side() - QUIET);
        }
        // The finder pattern in the corner begins every code.
        assert!(qr.path().starts_with("M4 4h7v1h-7z"), "{}", qr.path());
    }

    #[test]
    fn the_longest_statement_fits_and_more_does_not() {
        let longest = yiwang_civic::certificate::MAX_TEXT;
        let address = "https://".len() + 200 + "/verify?c=".len();
        assert!(Qr::of(&"x".repeat(longest + address)).is_ok());
        assert!(Qr::of(&"x".repeat(3_000)).is_err());
    }
}
