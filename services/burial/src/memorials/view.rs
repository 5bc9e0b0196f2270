//! What is sealed of a memorial, and what who may read.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono, fault::Fault, identity::Caller};
use yiwang_civic::{division, mask, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    Kind,
    store::{self, Left, Page},
};

/// What is sealed with a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) words: String,
    /// Why it was taken down.
    pub(super) reasons: String,
}

impl Body {
    pub(super) fn seal(&self, rt: &Runtime, id: Uuid) -> Result<Vec<u8>, Fault> {
        rt.seal("memorial", &id.to_string(), self)
    }

    pub(super) fn open(rt: &Runtime, page: &Page) -> Result<Self, Fault> {
        rt.open("memorial", &page.id.to_string(), &page.body)
    }
}

/// What is sealed with something left.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) from: String,
    pub(super) words: String,
}

impl Words {
    pub(super) fn seal(&self, rt: &Runtime, id: Uuid) -> Result<Vec<u8>, Fault> {
        rt.seal("offering", &id.to_string(), self)
    }
}

/// A page as `caller` may read it: the keeper all of it.
pub(super) async fn page(
    rt: &Runtime,
    conn: &mut PgConnection,
    page: &Page,
    caller: Option<&Caller>,
) -> Result<pb::Memorial, Fault> {
    let own = caller.is_some_and(|caller| caller.account == page.keeper);
    let counted = store::counts(conn, page.id).await?;
    let counts = Kind::ALL.iter().map(|kind| {
        let found = counted.iter().find(|(code, _)| code == kind.code());
        pb::OfferingCount {
            kind: kind.code().to_owned(),
            label: kind.label().to_owned(),
            count: found.map_or(0, |(_, count)| *count),
        }
    });
    let counts = counts.collect();
    let shown = store::left(conn, page.id, "shown").await?;
    let waiting = match own {
        true => store::left(conn, page.id, "waiting").await?,
        false => vec![],
    };
    let body = Body::open(rt, page)?;
    Ok(pb::Memorial {
        counts,
        shown: texts(rt, shown, own)?,
        waiting: texts(rt, waiting, own)?,
        reasons: if own { body.reasons } else { String::new() },
        ..line(page, body.name, body.words, own)
    })
}

/// A page in a list.
pub(super) fn entry(rt: &Runtime, page: &Page, own: bool) -> Result<pb::Memorial, Fault> {
    let body = Body::open(rt, page)?;
    Ok(line(page, body.name, body.words, own))
}

fn line(page: &Page, name: String, words: String, own: bool) -> pb::Memorial {
    let county = page.division.get(..6).unwrap_or_default();
    pb::Memorial {
        code: page.code.clone(),
        name,
        words,
        division: page.division.clone(),
        county: division::full_name(county).unwrap_or_default(),
        findable: page.name_key.is_some(),
        state: page.state.clone(),
        own,
        ..pb::Memorial::default()
    }
}

/// Those with words; others are only counted.
fn texts(rt: &Runtime, left: Vec<Left>, own: bool) -> Result<Vec<pb::Offering>, Fault> {
    let mut found = Vec::new();
    for one in left {
        let words: Words = rt.open("offering", &one.id.to_string(), &one.body)?;
        if words.words.is_empty() {
            continue;
        }
        let label = Kind::from_code(&one.kind).map_or("", Kind::label);
        found.push(pb::Offering {
            id: one.id.to_string(),
            kind: one.kind,
            label: label.to_owned(),
            from: if own {
                words.from
            } else {
                mask::name(&words.from)
            },
            words: words.words,
            on: time::beijing_date(from_chrono(one.at)).to_string(),
        });
    }
    Ok(found)
}
