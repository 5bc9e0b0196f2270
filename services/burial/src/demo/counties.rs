//! The counties of the demonstration, and zones and plans of the neighbours of 通山县 and 竹山县.

use jiff::civil::{Date, date};
use sqlx::PgPool;

use crate::{
    chain,
    domain::zone::{Announced, Zone},
    places,
    planning::demo::{self as planned, ZoneRow},
};

use super::cemeteries::{self, XIANNING};

/// A county with its people.
pub(super) struct County {
    /// Six digits.
    pub(super) code: &'static str,
    /// Deaths in an ordinary month; the demonstration shows a part of the people.
    pub(super) monthly: u32,
    /// The home its people go to.
    pub(super) home: &'static str,
    /// Cremations of a thousand in cremation areas and elsewhere at the end.
    pub(super) cremated: (u32, u32),
    /// What the basic services come to.
    pub(super) waived_fen: i64,
    /// Of a thousand cremated, who is free of them.
    pub(super) waived: u32,
    /// Where its urns are laid to rest.
    pub(super) cemeteries: &'static [&'static str],
    /// Cemetery for bodies outside the cremation area.
    pub(super) for_bodies: Option<&'static str>,
}

const fn county(code: &'static str, monthly: u32, home: &'static str) -> County {
    County {
        code,
        monthly,
        home,
        cremated: (930, 240),
        waived_fen: 168_000,
        waived: 150,
        cemeteries: &[],
        for_bodies: None,
    }
}

pub(super) const COUNTIES: [County; 7] = [
    County {
        cremated: (962, 380),
        waived: 240,
        cemeteries: &["421202001-GM01"],
        ..county("421202", 38, XIANNING)
    },
    County {
        cremated: (948, 300),
        cemeteries: &["421221103-GM01"],
        ..county("421221", 26, XIANNING)
    },
    County {
        cremated: (900, 260),
        cemeteries: &["421222100-GM01"],
        ..county("421222", 27, XIANNING)
    },
    County {
        cremated: (915, 310),
        cemeteries: &["421223100-GM01"],
        ..county("421223", 28, XIANNING)
    },
    County {
        cremated: (925, 280),
        waived_fen: 204_000,
        // Whoever is cremated there (rules B3.6).
        waived: 985,
        cemeteries: &[places::demo::COLUMBARIUM, places::demo::CEMETERY],
        ..county("421224", 30, chain::demo::TONGSHAN)
    },
    County {
        cremated: (955, 350),
        cemeteries: &["421281001-GM01"],
        ..county("421281", 32, XIANNING)
    },
    County {
        cremated: (890, 210),
        waived_fen: 157_000,
        waived: 180,
        cemeteries: &[places::demo::ZHUSHAN],
        for_bodies: Some(planned::BAOFENG),
        ..county("420323", 31, chain::demo::ZHUSHAN)
    },
];

const fn zone(division: &'static str, kind: &'static str, document: &'static str) -> ZoneRow {
    (
        division,
        kind,
        document,
        "鄂政函〔2017〕21号（演示）",
        (2017, 9, 1),
    )
}

const ZONES: [ZoneRow; 9] = [
    zone("421202", "cremation", "咸安政告〔2017〕6号（演示）"),
    zone("421202200", "burial_reform", "咸安政告〔2017〕6号（演示）"),
    zone("421221", "cremation", "嘉政告〔2017〕4号（演示）"),
    zone("421222", "burial_reform", "隽政告〔2017〕7号（演示）"),
    zone("421222100", "cremation", "隽政告〔2017〕7号（演示）"),
    zone("421223", "burial_reform", "崇政告〔2017〕5号（演示）"),
    zone("421223100", "cremation", "崇政告〔2017〕5号（演示）"),
    zone("421281", "cremation", "赤政告〔2017〕2号（演示）"),
    zone("421281200", "burial_reform", "赤政告〔2017〕2号（演示）"),
];

const PLANS: [(&str, i32, i32, i32); 5] = [
    ("421202", 2026, 10, 3),
    ("421221", 2026, 8, 2),
    ("421222", 2026, 11, 3),
    ("421223", 2026, 11, 3),
    ("421281", 2026, 9, 3),
];

/// Adds what is not there yet.
pub(super) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    cemeteries::seed(pool).await?;
    planned::add_zones(pool, 0x100, &ZONES).await?;
    planned::add_plans(pool, &PLANS).await
}

/// All zones of the demonstration.
pub(super) fn zones() -> impl Iterator<Item = Announced> {
    let day = |(year, month, day): (i32, u32, u32)| -> Option<Date> {
        let small = |n: u32| i8::try_from(n).ok();
        Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
    };
    let rows = planned::ZONES.into_iter().chain(ZONES);
    rows.filter_map(move |(division, kind, _, _, on)| {
        Some(Announced {
            division: division.to_owned(),
            kind: Zone::from_code(kind)?,
            valid_from: day(on).unwrap_or(date(2018, 1, 1)),
            valid_to: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_one_of_the_rules() {
        assert_eq!(zones().count(), planned::ZONES.len() + ZONES.len());
    }
}
