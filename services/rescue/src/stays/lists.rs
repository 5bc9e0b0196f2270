//! Places with who is in them, the head count, articles, care and belongings, as staff read them.

use chrono::{DateTime, Utc};
use jiff::{Timestamp, civil, tz};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
    identity::Caller,
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    WATCHERS, articles, board, care, case_unknown, places,
    stations::{self, Place},
    store::{self, Stay},
    things, trail, wire, worked_at,
};
use crate::domain::stay::law::side::Side;

#[derive(FromRow)]
struct Lies {
    place: Uuid,
    case_number: String,
    berth: i32,
    since: DateTime<Utc>,
}

/// Places and who is in them; for a case: only where that person may go now.
pub(super) async fn of_station(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListPlacesRequest,
) -> Result<pb::PlaceList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let mut found = stations::places(&mut conn, &station.code).await?;
    found.retain(|place| place.active || request.all);
    if !request.case_number.trim().is_empty() {
        let stay = stay_of(rt, &mut conn, caller, &request.case_number).await?;
        let side = Side::of(&stay.sex, stay.minor);
        found.retain(|place| {
            let fits = Side::from_code(&place.side).is_some_and(|it| it.takes(side));
            place.active && fits && place.taken < i64::from(place.berths)
        });
    }
    let lying: Vec<Lies> = sqlx::query_as(
        "select o.place, o.case_number, o.berth, lower(o.during) as since
           from rescue.occupancy o join rescue.place p on p.id = o.place
          where p.station = $1 and upper_inf(o.during) order by o.berth",
    )
    .bind(&station.code)
    .fetch_all(&mut *conn)
    .await?;
    let mut list = pb::PlaceList::default();
    for place in found {
        let mut shown = place_out(place);
        for one in lying.iter().filter(|one| one.place.to_string() == shown.id) {
            let stay = store::find(rt, &mut conn, &one.case_number).await?;
            shown.occupants.push(pb::Occupant {
                case_number: one.case_number.clone(),
                label: stay.as_ref().map(board::label).unwrap_or_default(),
                berth: one.berth,
                since: wire(from_chrono(one.since)),
            });
        }
        list.places.push(shown);
    }
    Ok(list)
}

/// A place on the wire, without who is in it.
pub(super) fn place_out(place: Place) -> pb::Place {
    pb::Place {
        id: place.id.to_string(),
        station: place.station,
        kind: place.kind,
        label: place.label,
        side: place.side,
        berths: place.berths,
        taken: i32::try_from(place.taken).unwrap_or(i32::MAX),
        active: place.active,
        occupants: Vec::new(),
    }
}

/// How many were where at an instant.
pub(super) async fn head_count(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetHeadCountRequest,
) -> Result<pb::HeadCount, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let at = match request.at.trim() {
        "" => rt.now(),
        text => instant(text)?,
    };
    let counts: Vec<(Uuid, String, String, i64)> = sqlx::query_as(
        "select p.id, p.label, p.kind, count(*)
           from rescue.occupancy o join rescue.place p on p.id = o.place
          where p.station = $1 and o.during @> $2::timestamptz
          group by p.id order by p.kind, p.label",
    )
    .bind(&station.code)
    .bind(to_chrono(at))
    .fetch_all(&mut *conn)
    .await?;
    let counts = counts
        .into_iter()
        .map(|(place, label, kind, count)| pb::PlaceCount {
            place: place.to_string(),
            label,
            kind,
            count,
        });
    Ok(pb::HeadCount {
        count: places::head_count(&mut conn, &station.code, at).await?,
        at: wire(at),
        places: counts.collect(),
    })
}

fn instant(text: &str) -> Result<Timestamp, Fault> {
    let wrong = |_| Fault::invalid_field("/at", "NOT_A_TIME", "请填写时间，例如2026-05-20T09:00。");
    let at: civil::DateTime = text.parse().map_err(wrong)?;
    tz::offset(8).to_timestamp(at).map_err(wrong)
}

/// Articles with what is left.
pub(super) async fn articles(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListArticlesRequest,
) -> Result<pb::ArticleList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let found = articles::of_station(&mut conn, &station.code).await?;
    Ok(pb::ArticleList {
        articles: found.into_iter().map(article_out).collect(),
    })
}

/// An article on the wire.
pub(super) fn article_out(article: articles::Article) -> pb::Article {
    pb::Article {
        id: article.id.to_string(),
        station: article.station,
        name: article.name,
        unit: article.unit,
        kind: article.kind,
        on_hand: article.on_hand,
    }
}

/// The moves of one article.
pub(super) async fn moves(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListArticleMovesRequest,
) -> Result<pb::ArticleMoveList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let article = super::save::article(&mut conn, caller, &request.article, &WATCHERS).await?;
    let moves = articles::moves(&mut conn, article.id).await?;
    let moves = moves.into_iter().map(|one| pb::ArticleMove {
        at: wire(from_chrono(one.at)),
        quantity: one.quantity,
        case_number: one.case_number.unwrap_or_default(),
        reason: one.reason,
        by: one.by,
    });
    Ok(pb::ArticleMoveList {
        moves: moves.collect(),
    })
}

/// What was done for somebody; the look is logged.
pub(super) async fn care(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListCareRequest,
) -> Result<pb::CareList, Fault> {
    let mut tx = rt.pool.begin().await?;
    let stay = stay_of(rt, &mut tx, caller, &request.case_number).await?;
    let entries = care::list(rt, &mut tx, &stay.case_number).await?;
    trail::read(rt, &mut tx, caller, "care", &stay.case_number).await?;
    tx.commit().await?;
    Ok(pb::CareList { entries })
}

/// Belongings by list; the look is logged.
pub(super) async fn belongings(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListBelongingsRequest,
) -> Result<pb::BelongingList, Fault> {
    let mut tx = rt.pool.begin().await?;
    let stay = stay_of(rt, &mut tx, caller, &request.case_number).await?;
    let belongings = things::list(rt, &mut tx, &stay.case_number).await?;
    trail::read(rt, &mut tx, caller, "belongings", &stay.case_number).await?;
    tx.commit().await?;
    Ok(pb::BelongingList { belongings })
}

/// A stay, for who works at its station; whoever may not see it learns no more than of none.
async fn stay_of(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    case_number: &str,
) -> Result<Stay, Fault> {
    let stay = store::find(rt, conn, case_number.trim()).await?;
    let stay = stay.ok_or_else(case_unknown)?;
    let division = stay.station.get(..9).unwrap_or_default();
    let theirs = WATCHERS.iter().any(|role| caller.has(*role, division));
    if theirs {
        Ok(stay)
    } else {
        Err(case_unknown())
    }
}
