//! Families for children, and the sealed archive.

use askama::Template;
use jiff::Timestamp;
use yiwang_proto::child::v1 as pb;

use super::protection::public::sex;
use crate::portal::{
    child::Region,
    view::{Chrome, Trouble, burial_office::Tab, format, format::iso_day},
};

/// On what ground an archive is read, by code.
pub(crate) const GROUNDS: [(&str, &str); 5] = [
    ("court", "人民法院调取"),
    ("police", "公安机关办案"),
    ("adoptee", "被收养人成年以后本人申请"),
    ("proof", "出具收养关系证明"),
    ("correction", "更正登记差错"),
];

/// Children, families, notices, figures.
#[derive(Template)]
#[template(path = "child/adoption.html")]
pub(crate) struct AdoptionPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) region: Region,
    /// The reader registers adoptions.
    pub(crate) registrar: bool,
    pub(crate) children: Vec<pb::WaitingChild>,
    pub(crate) families: Vec<pb::WaitingFamily>,
    pub(crate) notices: Vec<pb::SearchNotice>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) figures: Vec<pb::AdoptionFigure>,
}

fn health(code: &str) -> &'static str {
    match code {
        "healthy" => "健康",
        "disabled" => "有残疾",
        _ => "还没有查明",
    }
}

/// 5, or that it is too few to be told.
fn told(figure: &pb::AdoptionFigure) -> String {
    match figure.hidden {
        true => "少于5件".to_owned(),
        false => figure.count.to_string(),
    }
}

/// Who asked for which archive.
#[derive(Template)]
#[template(path = "child/archive_requests.html")]
pub(crate) struct RequestsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) now: Timestamp,
    pub(crate) requests: Vec<pb::ArchiveRequest>,
}

impl RequestsPage {
    /// The reader may open the archive now.
    fn opens(&self, one: &pb::ArchiveRequest) -> bool {
        let until = one.until.parse::<Timestamp>();
        one.own && one.state == "approved" && until.is_ok_and(|until| until > self.now)
    }
}

fn instant(text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), format::moment)
}

fn state(code: &str) -> &'static str {
    match code {
        "approved" => "同意",
        "refused" => "不同意",
        _ => "等另一名登记员决定",
    }
}

/// An archive, or the question why.
#[derive(Template)]
#[template(path = "child/archive.html")]
pub(crate) struct ArchivePage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) reason: String,
    pub(crate) archive: Option<pb::Archive>,
}
