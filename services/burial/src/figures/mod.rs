//! Figures (rules F20) of any past day: deaths as the register knew them on that day, cremations
//! joined on the person, zones as announced by then. The same question gives the same answer
//! for ever; what came late shows as a revision between two days.

mod covered;
mod known;
mod placed;
mod revised;
mod sums;

pub use known::{Group, deaths};
pub use sums::{Sums, sums};

use jiff::{Timestamp, civil::Date};
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use crate::{
    domain::rate::share,
    planning::{self, name_of, read_day},
};

/// Longest period of one question, in days.
const LONGEST: i32 = 1_100;

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Beginning of the divisions' codes.
    pub scope: &'a str,
    /// First day of death.
    pub from: Date,
    /// Last day of death.
    pub to: Date,
    /// As known at the end of this day.
    pub as_of: Date,
}

impl Asked<'_> {
    /// What was recorded before this instant counts.
    fn cut(&self) -> Timestamp {
        time::end_of_day(self.as_of)
    }
}

/// The row as contracts write it.
impl Sums {
    fn shown(&self, (county, month): (&str, &str)) -> pb::FigureRow {
        let count = &self.count;
        pb::FigureRow {
            county: county.to_owned(),
            county_name: if county.is_empty() {
                String::new()
            } else {
                name_of(county)
            },
            month: month.to_owned(),
            deaths: count.deaths,
            cremated: count.cremated,
            rate: count.rate(),
            exempt: count.exempt,
            area_deaths: count.area_deaths,
            area_cremated: count.area_cremated,
            area_rate: count.area_rate(),
            waivers: self.waivers,
            waived_fen: self.waived_fen,
            placed: self.placed,
            ecological: self.ecological,
            ecological_share: share(self.ecological, self.placed),
        }
    }
}

pub(crate) async fn get(
    rt: &Runtime,
    request: pb::GetBurialFiguresRequest,
) -> Result<pb::BurialFigures, Fault> {
    let today = time::beijing_date(rt.now());
    let as_of = match request.as_of.trim() {
        "" => today,
        day => read_day(day, "/as_of")?,
    };
    let asked = Asked {
        scope: planning::scope(&request.division)?,
        from: read_day(&request.from_day, "/from_day")?,
        to: read_day(&request.to_day, "/to_day")?,
        as_of,
    };
    let days = asked
        .from
        .until(asked.to)
        .map_or(-1, |span| span.get_days());
    if !(0..=LONGEST).contains(&days) {
        let message = "请填写起止日期，最长三年，开始日期不晚于结束日期。";
        return Err(Fault::invalid_field("/to_day", "OUT_OF_RANGE", message));
    }
    if as_of > today {
        let message = "截至日期不能晚于今天。";
        return Err(Fault::invalid_field("/as_of", "FUTURE", message));
    }
    // One snapshot: the rows add up to the total.
    let mut tx = rt.pool.begin().await?;
    sqlx::query("set transaction isolation level repeatable read read only")
        .execute(&mut *tx)
        .await?;
    let groups = known::deaths(&mut tx, asked.scope, (asked.from, asked.to), as_of).await?;
    let rows = sums::monthly(&mut tx, &asked, &groups).await?;
    let revision = match request.before.trim() {
        "" => None,
        day => {
            let before = read_day(day, "/before")?;
            Some(revised::since(&mut tx, &asked, before, &groups).await?)
        }
    };
    let counties = rows.keys().map(|(county, _)| county.clone()).collect();
    let coverage = covered::counties(&mut tx, &asked, counties).await?;
    let months = rows
        .iter()
        .map(|((county, month), row)| row.shown((county, month)));
    Ok(pb::BurialFigures {
        total: Some(Sums::of(rows.values()).shown(("", ""))),
        months: months.collect(),
        as_of: as_of.to_string(),
        revision,
        coverage,
    })
}
