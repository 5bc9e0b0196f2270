//! A facility as stored and as shown.

use jiff::civil::Date;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono, to_chrono_date},
    fault::Fault,
};
use yiwang_proto::burial::v1 as pb;

use super::read_day;
use crate::domain::facility::{Draft, Kind};

/// A stored facility.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) version: i64,
    pub(super) is: Draft,
}

/// Reads what an officer wrote.
pub(super) fn read(given: &pb::PlannedFacility) -> Result<Draft, Fault> {
    let kind = Kind::from_code(given.kind.trim())
        .ok_or_else(|| Fault::invalid_field("/facility/kind", "REQUIRED", "请选择设施种类。"))?;
    let opened_on = match given.opened_on.trim() {
        "" => None,
        day => Some(read_day(day, "/facility/opened_on")?),
    };
    let line = |text: &str| text.trim().chars().take(200).collect::<String>();
    let equipment = given.equipment.iter().take(200);
    Ok(Draft {
        name: line(&given.name),
        kind,
        division: given.division.trim().to_owned(),
        address: line(&given.address),
        phone: line(&given.phone),
        approval: line(&given.approval),
        approved_on: read_day(&given.approved_on, "/facility/approved_on")?,
        land_m2: given.land_m2,
        green_m2: given.green_m2,
        serves: given
            .serves
            .iter()
            .map(|code| code.trim().to_owned())
            .collect(),
        equipment: equipment.map(|one| (line(&one.name), one.count)).collect(),
        opened_on,
        active: given.active,
    })
}

impl Row {
    fn open(row: &PgRow) -> sqlx::Result<Self> {
        let kind: String = row.try_get("kind")?;
        let kind = Kind::from_code(&kind)
            .ok_or_else(|| sqlx::Error::Decode("unknown kind of facility".into()))?;
        let day = |at: &str| -> sqlx::Result<Option<Date>> {
            let day: Option<chrono::NaiveDate> = row.try_get(at)?;
            Ok(day.map(from_chrono_date))
        };
        let equipment: serde_json::Value = row.try_get("equipment")?;
        let things = equipment.as_object().into_iter().flatten();
        let things = things.filter_map(|(name, count)| {
            let count = count.as_i64().and_then(|count| i32::try_from(count).ok())?;
            Some((name.clone(), count))
        });
        Ok(Self {
            code: row.try_get("code")?,
            version: row.try_get("version")?,
            is: Draft {
                name: row.try_get("name")?,
                kind,
                division: row.try_get("division")?,
                address: row.try_get("address")?,
                phone: row.try_get("phone")?,
                approval: row.try_get("approval")?,
                approved_on: day("approved_on")?.unwrap_or(Date::MIN),
                land_m2: row.try_get("land_m2")?,
                green_m2: row.try_get("green_m2")?,
                serves: row.try_get("serves")?,
                equipment: things.collect(),
                opened_on: day("opened_on")?,
                active: row.try_get("active")?,
            },
        })
    }

    pub(super) fn shown(&self) -> pb::PlannedFacility {
        let is = &self.is;
        let equipment = is.equipment.iter().map(|(name, count)| pb::Equipment {
            name: name.clone(),
            count: *count,
        });
        pb::PlannedFacility {
            code: self.code.clone(),
            name: is.name.clone(),
            kind: is.kind.code().to_owned(),
            kind_label: is.kind.label().to_owned(),
            division: is.division.clone(),
            address: is.address.clone(),
            phone: is.phone.clone(),
            approval: is.approval.clone(),
            approved_on: is.approved_on.to_string(),
            land_m2: is.land_m2,
            green_m2: is.green_m2,
            serves: is.serves.clone(),
            equipment: equipment.collect(),
            opened_on: is.opened_on.map_or_else(String::new, |day| day.to_string()),
            active: is.active,
            version: self.version,
        }
    }

    /// Things and how many, by name.
    pub(super) fn equipment(&self) -> serde_json::Value {
        self.is
            .equipment
            .iter()
            .map(|(name, count)| (name.clone(), *count))
            .collect()
    }

    /// Stores the row, new or over the old one.
    pub(super) async fn store(
        &self,
        conn: &mut PgConnection,
        now: jiff::Timestamp,
    ) -> sqlx::Result<()> {
        let is = &self.is;
        sqlx::query(
            "insert into burial.facility
                 (code, name, kind, division, address, phone, approval, approved_on, land_m2,
                  green_m2, serves, equipment, opened_on, active, version, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             on conflict (code) do update
                set name = $2, kind = $3, address = $5, phone = $6, approval = $7,
                    approved_on = $8, land_m2 = $9, green_m2 = $10, serves = $11,
                    equipment = $12, opened_on = $13, active = $14, version = $15,
                    changed_at = $16",
        )
        .bind(&self.code)
        .bind(&is.name)
        .bind(is.kind.code())
        .bind(&is.division)
        .bind(&is.address)
        .bind(&is.phone)
        .bind(&is.approval)
        .bind(to_chrono_date(is.approved_on))
        .bind(is.land_m2)
        .bind(is.green_m2)
        .bind(&is.serves)
        .bind(self.equipment())
        .bind(is.opened_on.map(to_chrono_date))
        .bind(is.active)
        .bind(self.version)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
        Ok(())
    }
}

macro_rules! facility_sql {
    ($rest:literal) => {
        concat!(
            "select code, name, kind, division, address, phone, approval, approved_on, land_m2,",
            " green_m2, serves, equipment, opened_on, active, version from burial.facility ",
            $rest
        )
    };
}

pub(super) async fn lock(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query(facility_sql!("where code = $1 for update"))
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Row::open).transpose()
}

/// All of a scope, the closed ones too.
pub(super) async fn list(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query(facility_sql!(
        "where starts_with(division, $1) order by code limit 5000"
    ))
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Row::open).collect()
}
