//! The document of a contract, read: three fields, each with its own mistake.

use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::{DocumentError, DocumentKind, IdentityDocument, Part};

/// Kind, country and number as a request has them; `at` is where they stand, e.g. `/visitors/0`.
///
/// # Errors
/// The first field that is wrong.
pub(crate) fn read(
    [kind, country, number]: [&str; 3],
    at: &str,
) -> Result<IdentityDocument, FieldViolation> {
    let kind = DocumentKind::from_code(kind.trim()).ok_or(DocumentError::Kind);
    let document = kind.and_then(|kind| IdentityDocument::read(kind, country, number));
    document.map_err(|error| {
        let field = match error.part() {
            Part::Kind => "document",
            Part::Country => "country",
            Part::Number => "id_number",
        };
        FieldViolation::new(format!("{at}/{field}"), error.reason(), error.message())
    })
}
