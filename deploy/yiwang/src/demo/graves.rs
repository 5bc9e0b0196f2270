//! Illegal graves in 通羊镇 that are being put in order: one found, one whose owner was told by
//! when, one moved and waiting to be looked at.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::families::id_number_of;
use crate::rest::Rest;

const ITEM: &str = "grave-remediation";
/// 通羊镇.
const TOWNSHIP: &str = "421224100";
/// A drawing that says that it is no real place.
const PHOTO: &[u8] = include_bytes!("grave.jpg");

/// Kind, area, where, longitude, latitude, square metres, graves, condition.
type Grave = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str),
    u32,
    u32,
    &'static str,
);

const GRAVES: [Grave; 3] = [
    (
        "oversized",
        "road",
        "郑家坪村三组公路边",
        ("114.491320", "29.612840"),
        28,
        1,
        "水泥围栏，墓碑高两米三，占地超出规定",
    ),
    (
        "hardened",
        "forest",
        "唐家地村后山林地",
        ("114.468210", "29.598730"),
        18,
        1,
        "水泥硬化十八平方米，毁坏林木三株",
    ),
    (
        "oversized",
        "forest",
        "岭下村老屋后山",
        ("114.502760", "29.583410"),
        36,
        2,
        "两座连建，石料围栏，超出规定面积",
    ),
];

/// Tells the stories unless they were told.
pub(super) async fn tell(rest: &Rest) -> anyhow::Result<()> {
    let office = rest.demo_account("township4").await?;
    let today = today(&office).await?;
    let mut numbers = Vec::new();
    for grave in &GRAVES {
        match registered(&office, grave, &today).await? {
            Some(number) => numbers.push(number),
            None => return Ok(()),
        }
    }
    let [_, told, treated] = numbers.as_slice() else {
        return Ok(());
    };
    for (number, name) in [(told, "郑大山"), (treated, "焦玉成")] {
        let owner = json!({"name": name, "relation": "长子", "phone": "13900002222",
                           "evidence": "村委会证明"});
        office.act(number, "attribute", &owner).await?;
        let order = json!({"days": 30, "measures": "拆除硬化和围栏，或者迁入公墓，原址复绿",
                           "delivered": "当日直接送达"});
        office.act(number, "order", &order).await?;
    }
    let moved = json!({"outcome": "moved", "doer": "owner", "done_on": today,
                       "record": "两座都已迁入县公益性公墓，原址平整种树",
                       "cemetery": "421224100-GM01"});
    office.act(treated, "treat", &moved).await?;
    Ok(())
}

async fn today(office: &Rest) -> anyhow::Result<String> {
    let clock = office.get("/api/v1/demo/clock").await?;
    let now = clock["now"].as_str().unwrap_or_default();
    Ok(now.get(..10).unwrap_or_default().to_owned())
}

/// The number of the case; none where the place is known already.
async fn registered(office: &Rest, grave: &Grave, today: &str) -> anyhow::Result<Option<String>> {
    let (kind, area, address, (longitude, latitude), area_m2, graves, condition) = grave;
    let photo = office.upload("现场照片.jpg", "image/jpeg", PHOTO).await?;
    let form = json!({
        "kind": kind, "area": area, "place": TOWNSHIP, "address": address,
        "longitude": longitude, "latitude": latitude, "area_m2": area_m2, "graves": graves,
        "condition": condition, "relic": false, "source": "patrol", "found_on": today,
        "finder_name": "阮成林", "finder_number": id_number_of("421224", "19831016912"),
        "finder_phone": "13872800001",
    });
    let body = json!({"item": ITEM, "division": TOWNSHIP, "form": form,
                      "materials": [{"code": "photo", "file_id": photo}]});
    let (status, answer) = office
        .send(reqwest::Method::POST, "/api/v1/cases", Some(&body))
        .await?;
    if status == StatusCode::CREATED {
        return Ok(answer["number"].as_str().map(str::to_owned));
    }
    let known = |error: &Value| error.to_string().contains("GRAVE_KNOWN");
    anyhow::ensure!(known(&answer), "{ITEM} answers {status}: {answer}");
    Ok(None)
}
