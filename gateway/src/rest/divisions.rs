//! 行政区划 for choosing a place.

use axum::Json as Answer;
use http::{HeaderName, HeaderValue, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_civic::division::{self, Division, Level};

use super::input::Query;
use crate::error::Problem;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    parent: String,
    #[serde(default)]
    q: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DivisionList {
    divisions: Vec<Entry>,
}

#[derive(Serialize, JsonSchema)]
struct Entry {
    /// 代码：6、9 或 12 位
    code: String,
    /// 名称
    name: String,
    /// 带上级的全称
    full_name: String,
    /// province、prefecture、county、township、village
    level: &'static str,
}

pub(super) async fn list(
    Query(search): Query<Search>,
) -> Result<([(HeaderName, HeaderValue); 1], Answer<DivisionList>), Problem> {
    let found = if search.q.trim().is_empty() {
        let parent = if search.parent.is_empty() {
            "000000"
        } else {
            &search.parent
        };
        division::children(parent)
    } else {
        division::search(search.q.trim(), 20)
    };
    let divisions = found.into_iter().map(Entry::from).collect();
    let day = HeaderValue::from_static("public, max-age=86400");
    Ok((
        [(header::CACHE_CONTROL, day)],
        Answer(DivisionList { divisions }),
    ))
}

impl From<Division> for Entry {
    fn from(division: Division) -> Self {
        let level = match division.level {
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
            Level::Township => "township",
            Level::Village => "village",
        };
        let full_name = division::full_name(division.code);
        Self {
            full_name: full_name.unwrap_or_else(|| division.name.to_string()),
            code: division.code.to_string(),
            name: division.name.to_string(),
            level,
        }
    }
}
