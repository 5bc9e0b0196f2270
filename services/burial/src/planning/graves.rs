//! How far a division is with its illegal graves (rules F18).

use sqlx::Row as _;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::domain::grave_remediation::form::GraveKind;

pub(super) async fn progress(
    rt: &Runtime,
    request: pb::GetGraveProgressRequest,
) -> Result<pb::GraveProgress, Fault> {
    let rows = sqlx::query(
        "select kind, count(*) as found, count(*) filter (where state = 'closed') as closed,
                count(*) filter (where state = 'exempt') as exempt,
                count(*) filter (where reopened > 0) as reopened
           from burial.illegal_grave where starts_with(division, $1) group by kind order by kind",
    )
    .bind(super::scope(&request.division)?)
    .fetch_all(&rt.pool)
    .await?;
    let kinds = rows.iter().map(|row| {
        let kind: String = row.try_get("kind")?;
        Ok(pb::GraveKindCount {
            kind_label: GraveKind::from_code(&kind)
                .map_or("", GraveKind::label)
                .to_owned(),
            kind,
            found: row.try_get("found")?,
            closed: row.try_get("closed")?,
            exempt: row.try_get("exempt")?,
            reopened: row.try_get("reopened")?,
        })
    });
    Ok(pb::GraveProgress {
        kinds: kinds.collect::<sqlx::Result<_>>()?,
    })
}
