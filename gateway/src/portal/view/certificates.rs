//! Electronic certificates 电子证照: own ones, one as it is drawn, shown by a code, checked.

use askama::Template;
use yiwang_civic::certificate::{CertificateError, Statement};
use yiwang_proto::casework::v1 as pb;

use super::{Chrome, format};
use crate::certificates::{Verdict, qr::Qr};

/// Own certificates.
#[derive(Template)]
#[template(path = "certificates.html")]
pub(crate) struct Certificates {
    pub(crate) chrome: Chrome,
    pub(crate) certificates: Vec<pb::Certificate>,
    pub(crate) next: String,
    /// A service did not answer: something may be missing.
    pub(crate) incomplete: bool,
}

/// A certificate as it is drawn, with what can be done with it.
#[derive(Template)]
#[template(path = "certificate.html")]
pub(crate) struct CertificatePage {
    pub(crate) chrome: Chrome,
    pub(crate) certificate: pb::Certificate,
    pub(crate) issued: String,
    /// When it stopped to be valid, in words.
    pub(crate) changed: String,
    pub(crate) qr: Picture,
    pub(crate) csrf: String,
}

/// The page that a holder holds out: a code, and how long it lives.
#[derive(Template)]
#[template(path = "showing.html")]
pub(crate) struct Showing {
    pub(crate) chrome: Chrome,
    pub(crate) service: String,
    pub(crate) id: String,
    pub(crate) title: String,
    /// None when the time is over.
    pub(crate) lit: Option<Lit>,
    pub(crate) csrf: String,
}

/// A code that lives.
pub(crate) struct Lit {
    pub(crate) qr: Picture,
    pub(crate) seconds: i32,
    /// Seconds until the page asks again.
    pub(crate) again: i32,
}

/// What a certificate is worth, in big plain words.
#[derive(Template)]
#[template(path = "verdict.html")]
pub(crate) struct VerdictPage {
    pub(crate) chrome: Chrome,
    /// `good`, `bad` or `open`.
    pub(crate) class: &'static str,
    pub(crate) words: String,
    pub(crate) meaning: String,
    pub(crate) rows: Vec<(&'static str, String)>,
}

/// The form for somebody who has the text and no camera.
#[derive(Template)]
#[template(path = "verify.html")]
pub(crate) struct Verify {
    pub(crate) chrome: Chrome,
}

/// A QR code as SVG.
pub(crate) struct Picture {
    pub(crate) side: usize,
    pub(crate) path: String,
}

impl From<Qr> for Picture {
    fn from(qr: Qr) -> Self {
        Self {
            side: qr.side(),
            path: qr.path(),
        }
    }
}

impl CertificatePage {
    /// A certificate with the code that leads to its present state.
    pub(crate) fn new(chrome: Chrome, certificate: pb::Certificate, qr: Qr, csrf: String) -> Self {
        Self {
            chrome,
            issued: format::iso_day(&certificate.issued_on),
            changed: format::wire_day(certificate.changed_at.as_ref()),
            certificate,
            qr: qr.into(),
            csrf,
        }
    }

    fn valid(&self) -> bool {
        self.certificate.state == "valid"
    }
}

impl Lit {
    /// A code with its seconds; the page asks again now and then, and once it is over.
    pub(crate) fn new(qr: Qr, seconds: i32) -> Self {
        Self {
            qr: qr.into(),
            seconds,
            again: seconds.clamp(1, 10),
        }
    }
}

impl VerdictPage {
    /// What a statement is worth now.
    pub(crate) fn of(chrome: Chrome, said: Option<Statement>, verdict: &Verdict) -> Self {
        let (class, words, meaning) = words(verdict);
        let rows = said.map(|said| {
            vec![
                ("证照", said.title),
                ("证号", said.number),
                ("持证人", said.holders.join("、")),
                ("发证机关", said.issuer),
                ("发证日期", format::iso_day(said.issued_on.to_string())),
            ]
        });
        Self {
            class,
            words: words.clone(),
            meaning: meaning.to_owned(),
            rows: rows.unwrap_or_default(),
            chrome: chrome.titled(words, super::Section::None),
        }
    }

    /// A certificate that its holder shows.
    pub(crate) fn shown(chrome: Chrome, shown: pb::ShownCertificate) -> Self {
        let (class, meaning) = match shown.state.as_str() {
            "valid" => ("good", "持证人刚刚亮出了这份证照，现在有效。请与本人核对。"),
            _ => ("bad", "这份证照现在已经不能再用。"),
        };
        Self {
            class,
            words: shown.state_label.clone(),
            meaning: meaning.to_owned(),
            rows: vec![
                ("证照", shown.title),
                ("证号", shown.number),
                ("亮证人", shown.holder),
                ("持证人", shown.holders.join("、")),
                ("发证机关", shown.issuer),
                ("发证日期", format::iso_day(shown.issued_on)),
                ("这个码还有", format!("{}秒有效", shown.seconds_left)),
            ],
            chrome: chrome.titled(shown.state_label, super::Section::None),
        }
    }
}

fn words(verdict: &Verdict) -> (&'static str, String, &'static str) {
    match verdict {
        Verdict::Signed(state, label) if state == "valid" => (
            "good",
            label.clone(),
            "签名正确，发证机关的记录里现在也有效。请把下面的内容与对方和纸面核对。",
        ),
        Verdict::Signed(_, label) => (
            "bad",
            label.clone(),
            "签名正确，但这份证照现在已经不能再用。",
        ),
        Verdict::Unknown => (
            "bad",
            "查不到".to_owned(),
            "签名正确，但发证机关的记录里没有这份证照，请持证人到发证机关核实。",
        ),
        Verdict::Away(_) => (
            "open",
            "现在查不到状态".to_owned(),
            "签名正确，但暂时联系不上发证机关，不知道现在是否有效。请过几分钟再扫一次。",
        ),
        Verdict::Wrong(
            CertificateError::Signature | CertificateError::UnknownKey | CertificateError::Period,
        ) => (
            "bad",
            "签名不对".to_owned(),
            "这份证照不是本平台签发的，或者内容被改过，不能采信。",
        ),
        Verdict::Wrong(CertificateError::Content) => (
            "open",
            "内容读不懂".to_owned(),
            "签名正确，但内容出自别的版本，请持证人到发证机关核实。",
        ),
        Verdict::Wrong(_) => (
            "bad",
            "不是电子证照".to_owned(),
            "这里没有电子证照的签名，可能没有扫全或者没有复制全，请再试一次。",
        ),
    }
}
