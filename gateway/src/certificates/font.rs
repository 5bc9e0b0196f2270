//! The Chinese fonts of this machine, for certificates as PDF.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context as _;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{FontRef, MetadataProvider as _, instance::Size, prelude::LocationRef};

/// Where Debian keeps fonts with the common Chinese characters, and which face of a
/// collection is the one for simplified Chinese.
const USUAL: [(&str, u32); 4] = [
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
];

/// Fonts in the order in which they are asked for a character.
pub(crate) struct Typefaces(Vec<Face>);

struct Face {
    data: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

/// Characters that one font has, ready to be drawn.
pub(crate) struct Piece {
    pub(crate) font: Font,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// In parts of the font size.
    pub(crate) width: f32,
}

impl Typefaces {
    /// The configured font, if any, and those of the usual places: a rare character of a
    /// name may be in one and not in the other.
    ///
    /// # Errors
    /// When the configured font cannot be used.
    pub(crate) fn load(own: &Path) -> anyhow::Result<Self> {
        let mut faces = Vec::new();
        if !own.as_os_str().is_empty() {
            let face = Face::load(own, 0)?;
            faces.push(face.with_context(|| format!("{} is no font", own.display()))?);
        }
        for (path, index) in USUAL {
            let path = Path::new(path);
            if path != own && path.is_file() {
                faces.extend(Face::load(path, index)?);
            }
        }
        Ok(Self(faces))
    }

    /// Whether nothing can be printed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A text as glyphs, from the first font that has each character; what none has is the
    /// first font's empty box.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        let opened: Vec<_> = self.0.iter().filter_map(Face::open).collect();
        let mut pieces: Vec<(usize, Piece)> = Vec::new();
        for character in text.chars() {
            let found = opened
                .iter()
                .position(|open| open.font.charmap().map(character).is_some());
            let at = found.unwrap_or(0);
            let Some(open) = opened.get(at) else { continue };
            if pieces.last().is_none_or(|(last, _)| *last != at) {
                pieces.push((at, open.face.piece()));
            }
            if let Some((_, piece)) = pieces.last_mut() {
                piece.push(character, &open.font);
            }
        }
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }

    /// The width of a text, in parts of the font size.
    pub(crate) fn width(&self, text: &str) -> f32 {
        self.pieces(text).iter().map(|piece| piece.width).sum()
    }
}

/// A face whose tables can be read.
struct Open<'a> {
    face: &'a Face,
    font: FontRef<'a>,
}

impl Face {
    fn load(path: &Path, index: u32) -> anyhow::Result<Option<Self>> {
        let data = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let data = Arc::new(data);
        let font = Font::new(data.clone().into(), index);
        Ok(font.map(|font| Self { data, index, font }))
    }

    fn open(&self) -> Option<Open<'_>> {
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        Some(Open { face: self, font })
    }

    fn piece(&self) -> Piece {
        Piece {
            font: self.font.clone(),
            text: String::new(),
            glyphs: Vec::new(),
            width: 0.0,
        }
    }
}

impl Piece {
    fn push(&mut self, character: char, font: &FontRef<'_>) {
        let glyph = font.charmap().map(character).unwrap_or_default();
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let advance = metrics.advance_width(glyph).unwrap_or(1.0);
        let begin = self.text.len();
        self.text.push(character);
        let range = begin..self.text.len();
        let glyph = GlyphId::new(glyph.to_u32());
        self.glyphs
            .push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, range, None));
        self.width += advance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_high() {
        let fonts = Typefaces::load(Path::new("")).unwrap();
        assert!(!fonts.is_empty(), "install fonts-wqy-microhei");
        let width = fonts.width("结婚证");
        assert!((2.9..=3.1).contains(&width), "{width}");
        assert!(fonts.width("J4") < 2.0);
        let pieces = fonts.pieces("结婚证 J421221");
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, "结婚证 J421221");
    }

    #[test]
    fn a_configured_font_must_be_one() {
        assert!(Typefaces::load(Path::new("/nowhere.ttf")).is_err());
        assert!(Typefaces::load(Path::new(file!())).is_err());
    }
}
