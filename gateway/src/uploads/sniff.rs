//! What a file really is.

use yiwang_chassis::fault::{Code, Fault, FieldViolation};

/// Extensions that may carry each kind of content.
const KINDS: [(&str, &[&str]); 4] = [
    ("image/jpeg", &["jpg", "jpeg", "jfif"]),
    ("image/png", &["png"]),
    ("image/webp", &["webp"]),
    ("application/pdf", &["pdf"]),
];

const LONGEST_NAME: usize = 120;

/// The media type by content.
///
/// # Errors
/// `FILE_EMPTY`, `FILE_KIND` for anything but photos and PDF, `FILE_EXTENSION`
/// when the name claims another kind.
pub(super) fn kind(name: &str, content: &[u8]) -> Result<&'static str, Fault> {
    if content.is_empty() {
        return Err(refused("FILE_EMPTY", "文件是空的，请重新选择。"));
    }
    let found = infer::get(content).map(|kind| kind.mime_type());
    // A PDF reader tolerates junk before the mark; an executable could hide there.
    let found = found.filter(|kind| *kind != "application/pdf" || content.starts_with(b"%PDF-"));
    let known = KINDS.iter().find(|(kind, _)| found == Some(*kind));
    let Some((kind, extensions)) = known else {
        let message = "只能上传照片（JPG、PNG、WebP）或 PDF 文件，请检查文件内容。";
        return Err(refused("FILE_KIND", message));
    };
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    if !extension.is_some_and(|extension| extensions.contains(&extension.as_str())) {
        let message = "文件的扩展名与内容不符，请用原来的文件名上传。";
        return Err(refused("FILE_EXTENSION", message));
    }
    Ok(kind)
}

/// The last part of a path, without characters that hide or break something.
pub(super) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Direction marks can make "gpj.exe" look like "exe.jpg".
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = last
        .chars()
        .filter(|c| !invisible(*c) && !"<>:\"|?*".contains(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.');
    let length = clean.chars().count();
    // The end holds the extension.
    clean
        .chars()
        .skip(length.saturating_sub(LONGEST_NAME))
        .collect()
}

fn refused(reason: &'static str, message: &str) -> Fault {
    let field = FieldViolation::new("/file", reason, message);
    Fault {
        fields: vec![field],
        ..Fault::new(Code::InvalidInput, reason, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

    fn reason(name: &str, content: &[u8]) -> String {
        kind(name, content).map_or_else(|fault| fault.reason.into_owned(), str::to_owned)
    }

    #[test]
    fn content_decides_and_the_extension_must_agree() {
        assert_eq!(reason("身份证.JPG", JPEG), "image/jpeg");
        assert_eq!(reason("a.png", PNG), "image/png");
        assert_eq!(reason("a.pdf", b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(
            reason("photo.jpg", b"MZ\x90\x00\x03\x00\x00\x00"),
            "FILE_KIND"
        );
        assert_eq!(reason("photo.jpg", b"\x7fELF\x02\x01\x01\x00"), "FILE_KIND");
        assert_eq!(reason("a.jpg", b"#!/bin/sh\necho"), "FILE_KIND");
        assert_eq!(
            reason("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            "FILE_KIND"
        );
        assert_eq!(reason("a.html", b"<!doctype html><script>"), "FILE_KIND");
        assert_eq!(reason("a.pdf", b"MZ junk %PDF-1.7"), "FILE_KIND");
        assert_eq!(
            reason("a.zip", b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            "FILE_KIND"
        );
        assert_eq!(reason("a.pdf", PNG), "FILE_EXTENSION");
        assert_eq!(reason("a.jpg.exe", JPEG), "FILE_EXTENSION");
        assert_eq!(reason("photo", JPEG), "FILE_EXTENSION");
        assert_eq!(reason("a.jpg", b""), "FILE_EMPTY");
    }

    #[test]
    fn names_lose_paths_and_invisible_marks() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\Users\\张三\\户口本.jpg"), "户口本.jpg");
        assert_eq!(clean_name("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(clean_name("a\r\nb\0.png"), "ab.png");
        assert_eq!(clean_name(".htaccess"), "htaccess");
        assert!(clean_name(&format!("{}.jpg", "长".repeat(300))).ends_with(".jpg"));
    }
}
