//! Electronic certificates 电子证照 as people use them: printed, scanned, checked.
//!
//! ```text
//! font  the Chinese fonts of this machine      qr   a QR code as squares
//! pdf   a certificate on A4                    the rest: what a statement is worth now
//! ```
//! The signature is checked here, with the public keys; whether the certificate is still valid
//! only the service knows that issued it.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::{
    certificate::{CertificateError, PublicKey, Statement, find, verify},
    time,
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    clients::Identity, portal::view::format, rest::files::percent_encoded, state::AppState,
};

pub(crate) mod font;
mod pdf;
pub(crate) mod qr;

use font::Typefaces;
use qr::Qr;

/// What certificates are printed and checked with.
pub(crate) struct Certificates {
    /// Public keys of all certificates ever issued.
    pub(crate) keys: Vec<PublicKey>,
    /// None when this machine has no Chinese font.
    pub(crate) fonts: Typefaces,
}

/// What a text is worth that somebody took for a certificate.
pub(crate) enum Verdict {
    /// Signed by us, with its present state: code and words.
    Signed(String, String),
    /// Signed by us, and the service that should know it does not.
    Unknown,
    /// Signed by us, and its present state cannot be found out.
    Away(Fault),
    /// Not signed by us.
    Wrong(CertificateError),
}

/// Checks the statement in `text`, which may be the whole link of the QR code.
pub(crate) async fn check(state: &AppState, text: &str) -> (Option<Statement>, Verdict) {
    let text = find(text.as_bytes()).unwrap_or(text);
    let statement = match verify(&state.certificates().keys, text) {
        Ok(statement) => statement,
        Err(error) => return (None, Verdict::Wrong(error)),
    };
    let status = state
        .backends()
        .certificate_status(&statement.service, text);
    let verdict = match status.await {
        Ok(status) => Verdict::Signed(status.state, status.state_label),
        Err(fault) if fault.code == Code::NotFound => Verdict::Unknown,
        Err(fault) => Verdict::Away(fault),
    };
    (Some(statement), verdict)
}

/// The link that the QR code of a certificate leads to.
pub(crate) fn verify_link(state: &AppState, statement: &str) -> String {
    format!("{}/verify?c={statement}", state.config().http.public_url)
}

/// The link that the QR code of a shown certificate 亮证 leads to.
pub(crate) fn show_link(state: &AppState, code: &str) -> String {
    format!("{}/show/{code}", state.config().http.public_url)
}

/// A certificate as a file to keep and print.
///
/// # Errors
/// `CERTIFICATE_NOT_FOUND`, also when it is hidden; `FONT_MISSING`.
pub(crate) async fn download(
    state: &AppState,
    who: impl Into<Identity>,
    service: &str,
    id: &str,
) -> Result<Response, Fault> {
    let certificate = state.backends().certificate(who, service, id).await?;
    if state.certificates().fonts.is_empty() {
        return Err(font_missing());
    }
    let name: String = format!("{}-{}.pdf", certificate.title, certificate.number)
        .bytes()
        .map(percent_encoded)
        .collect();
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let paper = paper(state, certificate)?;
    let now = time::beijing_date(state.clock().now());
    let shared = state.clone();
    let draw = move || pdf::draw(&shared.certificates().fonts, &paper, now);
    // Subsetting a font takes a while of pure work.
    let content = tokio::task::spawn_blocking(draw)
        .await
        .map_err(Fault::internal)??;
    let headers: [(HeaderName, HeaderValue); 3] = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/pdf"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(disposition).map_err(Fault::internal)?,
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, content).into_response())
}

fn paper(state: &AppState, certificate: pb::Certificate) -> Result<pdf::Paper, Fault> {
    let link = verify_link(state, &certificate.statement);
    let ended = match certificate.state.as_str() {
        "valid" => String::new(),
        _ => certificate.state_label,
    };
    let row = |row: pb::Row| (row.label, row.value);
    Ok(pdf::Paper {
        title: certificate.title,
        number: certificate.number,
        ended,
        rows: certificate.rows.into_iter().map(row).collect(),
        issuer: certificate.issuer,
        issued_on: format::iso_day(certificate.issued_on),
        address: format!("{}/verify", state.config().http.public_url),
        qr: Qr::of(&link)?,
        statement: certificate.statement,
    })
}

fn font_missing() -> Fault {
    let message =
        "服务器上没有装中文字体，暂时不能生成 PDF。证照本身不受影响，可以在网页上查看和亮证。";
    Fault::new(Code::Unavailable, "FONT_MISSING", message)
}
