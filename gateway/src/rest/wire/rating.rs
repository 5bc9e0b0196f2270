//! 好差评, as it is read over REST.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date};

use crate::rating::{Count, Level, Rated};

/// 本地区的评价
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct RatingList {
    /// 不满意的，没有答复的在前
    bad: Vec<BadRating>,
    /// 最近12个月各档的件数
    counts: Vec<RatingCount>,
}

/// 一条不满意的评价
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct BadRating {
    id: Uuid,
    item_title: String,
    division: String,
    level: i16,
    words: String,
    given_at: String,
    /// 最晚答复的日期
    due_on: Option<String>,
    answer: Option<String>,
}

/// 一档的件数
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct RatingCount {
    level: i16,
    label: &'static str,
    count: i64,
}

impl RatingList {
    /// The list.
    pub(in crate::rest) fn of(bad: Vec<Rated>, counts: &[Count]) -> Self {
        let one = |rated: Rated| BadRating {
            id: rated.id,
            item_title: rated.item_title,
            division: rated.division,
            level: rated.level,
            words: rated.words,
            given_at: from_chrono(rated.given_at).to_string(),
            due_on: rated.due_on.map(|day| from_chrono_date(day).to_string()),
            answer: rated.answer,
        };
        let count = |count: &Count| RatingCount {
            level: count.level,
            label: Level::of(count.level).map_or("", Level::label),
            count: count.count,
        };
        Self {
            bad: bad.into_iter().map(one).collect(),
            counts: counts.iter().map(count).collect(),
        }
    }
}
