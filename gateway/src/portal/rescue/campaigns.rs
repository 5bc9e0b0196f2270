//! Campaigns 专项行动 of a county: winter warmth, summer cool, the search for relatives; what each
//! needs now.

use axum::{extract::Request, response::Response};
use jiff::ToSpan as _;
use serde_json::{Map, json};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{only, stations, tabs};
use crate::portal::{
    body::Body,
    burial_office::sheet::{self, Act, options},
    desk::Desk,
    form::Form,
    view::{
        Section,
        chrome::query,
        rescue::campaigns::{CampaignsPage, KINDS, Row, Stocked, needs},
    },
};

const PATH: &str = "/rescue/campaigns";
/// Days that are looked at ahead, today included.
const AHEAD: i64 = 7;

/// Campaigns and alerts of a county.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let (counties, county) = counties(&desk, &stations)?;
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (found, alerts) = futures::join!(
        backends.campaigns(&county),
        backends.weather_alerts(&county)
    );
    let found = found?;
    let open = found.campaigns.iter().any(|one| one.state != "ended");
    let stocked = match open {
        true => stocked(&desk, &stations, &county).await?,
        false => Stocked::default(),
    };
    let today = desk.today();
    let row = |one: pb::Campaign| Row {
        needs: match one.state.as_str() {
            "ended" => vec![],
            _ => needs(&one, &stocked, today),
        },
        one,
    };
    Ok(desk.page(&CampaignsPage {
        chrome: desk.chrome().titled("专项行动", Section::Rescue),
        tabs: tabs(&desk, PATH)?,
        told: match desk.query("done") {
            "plan" => "已经安排专项行动。",
            "end" => "专项行动已经结束。",
            _ => "",
        },
        plans: who.has_role(Role::CountyOfficer),
        counties,
        county,
        season: found.season,
        rows: found.campaigns.into_iter().map(row).collect(),
        alerts: alerts?,
    }))
}

/// Counties of the stations, code and name, and the chosen one.
fn counties(
    desk: &Desk,
    stations: &[pb::Station],
) -> Result<(Vec<(String, String)>, String), Fault> {
    let mut found: Vec<(String, String)> = vec![];
    for station in stations {
        let county = station.division.get(..6).unwrap_or_default();
        if !found.iter().any(|(code, _)| code == county) {
            let name = division::full_name(county).unwrap_or_default();
            found.push((county.to_owned(), name));
        }
    }
    let asked = desk.query("county");
    let chosen = found.iter().find(|(code, _)| code == asked);
    let chosen = chosen.or(found.first()).map(|(code, _)| code.clone());
    let chosen = chosen.ok_or_else(super::no_station)?;
    Ok((found, chosen))
}

/// What the stations of the county have, and where they go in the days ahead.
async fn stocked(desk: &Desk, stations: &[pb::Station], county: &str) -> Result<Stocked, Fault> {
    let (who, backends) = (desk.who()?, desk.state.backends());
    let today = desk.today();
    let mut found = Stocked::default();
    for station in stations
        .iter()
        .filter(|one| one.division.starts_with(county))
    {
        let request = pb::ListPatrolsRequest {
            station: station.code.clone(),
            from: today.to_string(),
            to: today.saturating_add((AHEAD - 1).days()).to_string(),
        };
        let (patrols, articles, board) = futures::join!(
            backends.patrols(who, request),
            backends.station_articles(who, &station.code),
            backends.station_board(who, &station.code),
        );
        let board = board?;
        found.stations.push(station.code.clone());
        found.patrols.extend(patrols?);
        found.articles.extend(articles?);
        found.beds += board.beds_free;
        found.unknown += board.unknown;
    }
    Ok(found)
}

/// The form of `plan` or `end`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let act = describe(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let act = describe(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (name, county) = (desk.param(0)?, desk.query("county"));
    let idempotency_key = typed.key.clone();
    let answer = match name {
        "plan" => {
            let request = pb::PlanCampaignRequest {
                idempotency_key,
                kind: typed.text("kind"),
                county: county.to_owned(),
                title: typed.text("title"),
                from: typed.text("from"),
                to: typed.text("to"),
            };
            backends.plan_campaign(who, request).await
        }
        _ => {
            let request = pb::EndCampaignRequest {
                idempotency_key,
                id: desk.query("id").to_owned(),
                summary: typed.text("summary"),
            };
            backends.end_campaign(who, request).await
        }
    };
    let done = query(PATH, &[("county", county), ("done", name)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}

async fn describe(desk: &Desk) -> Result<Act, Fault> {
    only(desk)?;
    let (name, county, id) = (desk.param(0)?, desk.query("county"), desk.query("id"));
    let back = query(PATH, &[("county", county)]);
    let path = format!("{PATH}/{name}");
    let post = query(&path, &[("county", county), ("id", id)]);
    match name {
        "plan" => Ok(Act {
            title: "安排专项行动".to_owned(),
            lead: "不填日期的，按本地规定的季节。天气预警到了规定的级别，系统会自己安排。"
                .to_owned(),
            button: "安排",
            post,
            back,
            form: plan_form(),
            value: Map::new(),
        }),
        "end" => {
            let found = desk.state.backends().campaigns(county).await?.campaigns;
            let found = found.into_iter().find(|one| one.id == id);
            let one = found.ok_or_else(|| {
                let message = "没有找到这次专项行动，请从列表重新打开。";
                Fault::new(Code::NotFound, "CAMPAIGN_UNKNOWN", message)
            })?;
            Ok(Act {
                title: format!("结束：{}", one.title),
                lead: format!(
                    "巡查{}次，看望{}人。结束以后不能再安排巡查。",
                    one.patrols, one.encounters
                ),
                button: "结束",
                post,
                back,
                form: Form::read(&json!({"required": ["summary"], "properties": {
                    "summary": {"type": "string", "x-widget": "textarea", "title": "做了什么",
                        "maxLength": 1000,
                        "description": "救助了多少人，发了什么，还有什么要接着做。"},
                }})),
                value: Map::new(),
            })
        }
        _ => Err(Fault::not_found()),
    }
}

fn plan_form() -> Form {
    let day = |title: &str| json!({"type": "string", "format": "date", "title": title});
    Form::read(&json!({"required": ["kind", "title"], "properties": {
        "kind": {"title": "种类", "x-widget": "radio", "oneOf": options(&KINDS)},
        "title": {"type": "string", "title": "名称", "maxLength": 100,
            "description": "例如：2026年冬季“寒冬送温暖”。"},
        "from": day("从哪天起"),
        "to": day("到哪天止"),
    }}))
}
