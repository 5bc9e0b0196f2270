//! A photograph without what the camera has written into it: where and when it was taken, by
//! which device. Only which way is up stays.

/// The photograph bare; nothing when it is none, or is broken.
pub(crate) fn bare(media_type: &str, content: &[u8]) -> Option<Vec<u8>> {
    match media_type {
        "image/jpeg" => jpeg(content),
        "image/png" => png(content),
        "image/webp" => webp(content),
        _ => None,
    }
}

fn number(bytes: &[u8], big: bool) -> Option<usize> {
    let fold = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
    (bytes.len() <= 4).then(|| match big {
        true => bytes.iter().fold(0, fold),
        false => bytes.iter().rev().fold(0, fold),
    })
}

/// Segments are copied until the end of the image: not those of applications, not comments, and
/// nothing behind the end, where phones keep a film.
fn jpeg(content: &[u8]) -> Option<Vec<u8>> {
    let mut bare = content
        .get(..2)
        .filter(|start| *start == [0xFF, 0xD8])?
        .to_vec();
    let mut at = 2;
    let mut up = None;
    loop {
        let &[0xFF, marker] = content.get(at..at + 2)? else {
            return None;
        };
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if marker == 0xD9 {
            bare.extend([0xFF, 0xD9]);
            return Some(bare);
        }
        let length = number(content.get(at + 2..at + 4)?, true)?;
        let segment = content.get(at..at + 2 + length.max(2))?;
        at += segment.len();
        match marker {
            0xE1 if up.is_none() => {
                up = orientation(segment.get(4..)?);
                bare.extend(up.map(rotated).unwrap_or_default());
            }
            // JFIF and Adobe say how colours are meant.
            0xE0 | 0xEE => bare.extend(segment),
            0xE1..=0xEF | 0xFE => {}
            0xDA => {
                let scan = scan(content.get(at..)?)?;
                bare.extend(segment);
                bare.extend(scan);
                at += scan.len();
            }
            _ => bare.extend(segment),
        }
    }
}

/// What is drawn, up to the next marker.
fn scan(rest: &[u8]) -> Option<&[u8]> {
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    let end = rest.windows(2).position(is_marker)?;
    rest.get(..end)
}

/// Which way is up, 1 to 8, from an Exif segment.
fn orientation(exif: &[u8]) -> Option<u8> {
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let big = tiff.starts_with(b"MM");
    let short = |at: usize| number(tiff.get(at..at + 2)?, big);
    let directory = number(tiff.get(4..8)?, big)?;
    let entries = short(directory)?;
    let found = (0..entries.min(100)).find_map(|entry| {
        let at = directory + 2 + entry * 12;
        (short(at)? == 0x0112).then(|| short(at + 8)).flatten()
    });
    found
        .and_then(|up| u8::try_from(up).ok())
        .filter(|up| (1..=8).contains(up))
}

/// An Exif segment that says only which way is up.
fn rotated(up: u8) -> Vec<u8> {
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend(b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([up, 0, 0, 0, 0, 0, 0]);
    segment
}

/// Chunks that draw or colour are copied.
fn png(content: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 12] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
        b"bKGD", b"pHYs",
    ];
    const START: &[u8] = b"\x89PNG\r\n\x1a\n";
    let mut bare = content.get(..8).filter(|start| *start == START)?.to_vec();
    let mut at = 8;
    loop {
        let length = number(content.get(at..at + 4)?, true)?;
        let name = content.get(at + 4..at + 8)?;
        let chunk = content.get(at..at.checked_add(length)?.checked_add(12)?)?;
        at += chunk.len();
        if KEPT.contains(&name) {
            bare.extend(chunk);
        }
        if name == b"IEND" {
            return Some(bare);
        }
    }
}

/// Chunks of Exif and XMP are left out, and the header no longer tells of them.
fn webp(content: &[u8]) -> Option<Vec<u8>> {
    if content.get(..4)? != b"RIFF" || content.get(8..12)? != b"WEBP" {
        return None;
    }
    let mut chunks = Vec::new();
    let mut at = 12;
    while at < content.len() {
        let name = content.get(at..at + 4)?;
        let length = number(content.get(at + 4..at + 8)?, false)?;
        // Padded to an even length.
        let chunk = content.get(at..at.checked_add(8 + length + length % 2)?)?;
        at += chunk.len();
        let from = chunks.len();
        match name {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                chunks.extend(chunk);
                if let Some(flags) = chunks.get_mut(from + 8) {
                    *flags &= !0x0C;
                }
            }
            _ => chunks.extend(chunk),
        }
    }
    let size = u32::try_from(chunks.len() + 4).ok()?;
    Some([b"RIFF", &size.to_le_bytes()[..], b"WEBP", &chunks].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], body].concat()
    }

    /// An Exif of little end: orientation 6 and a camera of a name.
    fn exif() -> Vec<u8> {
        let mut body = b"Exif\0\0II\x2A\0\x08\0\0\0\x02\0".to_vec();
        body.extend(b"\x10\x01\x02\0\x04\0\0\0CAM\0");
        body.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
        body
    }

    #[test]
    fn a_photo_of_a_phone_tells_no_place_and_no_camera() {
        let start = [0xFF, 0xD8];
        let drawn = [0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD0, 0x33];
        let photo = [
            &start[..],
            &segment(0xE0, b"JFIF\0"),
            &segment(0xE1, &exif()),
            &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0GPS"),
            &segment(0xFE, "在他家门口".as_bytes()),
            &segment(0xDB, b"table"),
            &segment(0xDA, b"scan"),
            &drawn,
            &[0xFF, 0xD9],
            b"a film",
        ]
        .concat();
        let wanted = [
            &start[..],
            &segment(0xE0, b"JFIF\0"),
            &rotated(6),
            &segment(0xDB, b"table"),
            &segment(0xDA, b"scan"),
            &drawn,
            &[0xFF, 0xD9],
        ]
        .concat();
        let found = bare("image/jpeg", &photo).unwrap();
        assert_eq!(found, wanted);
        // What was written is read again.
        assert_eq!(orientation(&rotated(6)[4..]), Some(6));
        assert_eq!(bare("image/jpeg", &found).unwrap(), found);
    }

    #[test]
    fn a_broken_one_is_not_shown() {
        let photo = [&[0xFF, 0xD8][..], &segment(0xDB, b"table")].concat();
        for (kind, content) in [
            ("image/jpeg", photo.as_slice()),
            ("image/jpeg", b""),
            ("image/png", b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFIHDR"),
            ("image/webp", b"RIFF\0\0\0\0WEBPVP8 \xFF\xFF\xFF\xFF"),
            ("application/pdf", b"%PDF-1.7"),
        ] {
            assert_eq!(bare(kind, content), None, "{kind}");
        }
    }

    #[test]
    fn texts_and_camera_leave_the_other_kinds_too() {
        let chunk = |name: &[u8], body: &[u8]| {
            let length = u32::try_from(body.len()).unwrap().to_be_bytes();
            [&length[..], name, body, b"csum"].concat()
        };
        let start = b"\x89PNG\r\n\x1a\n";
        let (head, end) = (chunk(b"IHDR", b"13 bytes"), chunk(b"IEND", b""));
        let texts = [chunk(b"tEXt", b"GPS"), chunk(b"eXIf", b"II")].concat();
        let photo = [&start[..], &head, &texts, &end, b"more"].concat();
        let wanted = [&start[..], &head, &end].concat();
        assert_eq!(bare("image/png", &photo).unwrap(), wanted);

        let chunk = |name: &[u8], body: &[u8]| {
            let length = u32::try_from(body.len()).unwrap().to_le_bytes();
            [name, &length[..], body].concat()
        };
        let riff = |chunks: &[u8]| {
            let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
            [b"RIFF", &size[..], b"WEBP", chunks].concat()
        };
        let told = [
            chunk(b"VP8X", &[0x2C, 0, 0, 0]),
            chunk(b"EXIF", b"GPS!"),
            chunk(b"VP8 ", b"ab"),
        ];
        let silent = [chunk(b"VP8X", &[0x20, 0, 0, 0]), chunk(b"VP8 ", b"ab")];
        assert_eq!(
            bare("image/webp", &riff(&told.concat())).unwrap(),
            riff(&silent.concat())
        );
    }
}
