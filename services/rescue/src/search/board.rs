//! The public board: what stands, never what was withdrawn, nobody's name or case number.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow, types::Json};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    page::{Cursor, limit_of},
};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::scope;
use crate::domain::search::Public;

/// Words of one question at most, and characters of all.
const WORDS: (usize, usize) = (5, 60);

/// A page of the board, the latest first.
pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListNoticesRequest,
) -> Result<pb::NoticeList, Fault> {
    let question = Question::read(&request)?;
    let limit = limit_of(request.limit);
    let mut conn = rt.pool.acquire().await?;
    let mut rows = question.rows(&mut conn, limit + 1).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(position).transpose()?.unwrap_or_default();
    let notices = rows.iter().map(shown).collect::<sqlx::Result<_>>()?;
    Ok(pb::NoticeList {
        notices,
        next_cursor,
    })
}

/// One notice.
pub(super) async fn get(rt: &Runtime, id: &str) -> Result<pb::Notice, Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| not_found())?;
    let row = sqlx::query(
        "select p.id, p.county, p.body, p.photo, p.published_at, p.refreshed_at,
                s.name as station, s.phone
           from rescue.publication p
           join rescue.stay t using (case_number)
           join rescue.station s on s.code = t.station
          where p.id = $1 and p.state = 'published'",
    )
    .bind(id)
    .fetch_optional(&rt.pool)
    .await?;
    Ok(shown(&row.ok_or_else(not_found)?)?)
}

fn not_found() -> Fault {
    let message = "这份寻亲公告不存在，或者已经撤下。";
    Fault::new(Code::NotFound, "NOTICE_NOT_FOUND", message)
}

struct Question {
    scope: String,
    sex: String,
    age: (i32, i32),
    words: Vec<String>,
    before: Option<(Timestamp, Uuid)>,
}

impl Question {
    fn read(request: &pb::ListNoticesRequest) -> Result<Self, Fault> {
        let sex = request.sex.trim();
        if !matches!(sex, "" | "male" | "female") {
            let message = "请选择男、女或者不限。";
            return Err(Fault::invalid_field("/sex", "SEX_UNKNOWN", message));
        }
        let most = match request.age_to {
            0 => i32::MAX,
            most => most,
        };
        if request.age_from < 0 || most < request.age_from {
            let message = "年龄范围请先小后大。";
            return Err(Fault::invalid_field("/age_to", "WRONG_AGE", message));
        }
        let (words, characters) = WORDS;
        let text: String = request.words.chars().take(characters).collect();
        let words = text.split_whitespace().take(words).map(str::to_owned);
        Ok(Self {
            scope: scope(&request.division)?.to_owned(),
            sex: sex.to_owned(),
            age: (request.age_from, most),
            words: words.collect(),
            before: Cursor::parse(&request.cursor)?,
        })
    }

    async fn rows(&self, conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<PgRow>> {
        let (at, id) = self.before.unzip();
        sqlx::query(
            "select p.id, p.county, p.body, p.photo, p.published_at, p.refreshed_at,
                    s.name as station, s.phone
               from rescue.publication p
               join rescue.stay t using (case_number)
               join rescue.station s on s.code = t.station
              where p.state = 'published' and starts_with(p.county, $1)
                and ($2 = '' or p.sex = $2)
                and (p.age_to = 0 or (p.age_from <= $4 and p.age_to >= $3))
                and not exists (select 1 from unnest($5::text[]) word
                                 where strpos(p.words, word) = 0)
                and ($6::timestamptz is null or (p.published_at, p.id) < ($6, $7))
              order by p.published_at desc, p.id desc
              limit $8",
        )
        .bind(&self.scope)
        .bind(&self.sex)
        .bind(self.age.0)
        .bind(self.age.1)
        .bind(&self.words)
        .bind(at.map(to_chrono))
        .bind(id)
        .bind(limit)
        .fetch_all(conn)
        .await
    }
}

fn position(row: &PgRow) -> sqlx::Result<String> {
    let at = from_chrono(row.try_get("published_at")?);
    Ok(Cursor::print(at, row.try_get("id")?))
}

fn shown(row: &PgRow) -> sqlx::Result<pb::Notice> {
    let Json(body): Json<Public> = row.try_get("body")?;
    let county: String = row.try_get("county")?;
    let instant = |column| row.try_get(column).map(|at| from_chrono(at).to_string());
    Ok(pb::Notice {
        id: row.try_get::<Uuid, _>("id")?.to_string(),
        county_name: division::full_name(&county).unwrap_or_default(),
        county,
        sex: body.sex,
        age_from: body.age_from.into(),
        age_to: body.age_to.into(),
        height_cm: body.height.unwrap_or_default().into(),
        name: body.name,
        accent: body.accent,
        told_places: body.told_places,
        marks: body.marks,
        clothes: body.clothes,
        found_on: body.found_on,
        found_at: body.found_at,
        photo: row
            .try_get::<Option<Uuid>, _>("photo")?
            .map(|id| id.to_string())
            .unwrap_or_default(),
        station: row.try_get("station")?,
        phone: row.try_get("phone")?,
        published_at: instant("published_at")?,
        refreshed_at: instant("refreshed_at")?,
        reduced: body.reduced,
    })
}
