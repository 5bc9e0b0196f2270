//! Reports of missing people for the stations: by state and source, masked; and who in a station
//! may be the one, asked with a purpose.

use std::collections::BTreeMap;

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{only, tabs};
use crate::portal::{
    body::Body,
    desk::Desk,
    view::{
        Section, Trouble,
        chrome::query,
        rescue::{
            reports::{Filter, FoundPage, ReportsPage, Stranded, county_of},
            search::PurposePage,
        },
    },
};

const PATH: &str = "/rescue/reports";
const SEARCH: &str = "/rescue/reports/search";
/// Reports on a page, candidates of one.
const PAGE: i32 = 50;
const LIMIT: i32 = 20;

/// A page of them, the latest first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let filter = Filter::read(desk.query("state"), desk.query("source"));
    let request = pb::ListReportsRequest {
        state: filter.state.clone(),
        source: filter.source.clone(),
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let who = desk.who()?;
    let found = desk.state.backends().kin_reports(who, request).await?;
    let scopes = who.grants.iter().filter_map(|grant| grant.scope());
    Ok(desk.page(&ReportsPage {
        chrome: desk.chrome().titled("寻人信息", Section::Rescue),
        tabs: tabs(&desk, PATH)?,
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => filter.link(cursor),
        },
        filter,
        scopes: scopes.map(str::to_owned).collect(),
        reports: found.reports,
    }))
}

/// Asks what for.
pub(crate) async fn ask(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let report = desk.query("report").to_owned();
    purpose(&desk, &report, vec![], StatusCode::OK)
}

/// Searches the stations of the whole country.
pub(crate) async fn find(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let report = body.text("report").to_owned();
    let asked = pb::SearchForReportRequest {
        report: report.clone(),
        purpose: body.text("purpose").to_owned(),
        limit: LIMIT,
    };
    let who = desk.who()?;
    let found = match desk.state.backends().search_for_report(who, asked).await {
        Ok(found) => found,
        Err(fault) if fault.code == Code::InvalidInput => {
            let status = fault.http_status();
            let problems = match fault.fields.first() {
                Some(field) => Trouble::at("purpose", &*field.message),
                None => Trouble::general(fault.message),
            };
            return purpose(&desk, &report, vec![problems], status);
        }
        Err(fault) => return Err(fault),
    };
    let here = query(SEARCH, &[("report", &report)]);
    Ok(desk.page(&FoundPage {
        chrome: desk
            .clone()
            .at(here.clone())
            .chrome()
            .titled("可能是这个人的受助人员", Section::Rescue),
        csrf: who.csrf.clone(),
        again: here,
        report,
        purpose: body.text("purpose").to_owned(),
        pool: found.pool,
        loading: found.loading,
        candidates: placed(&desk, found.candidates).await?,
    }))
}

/// Candidates with where they are: the own ones are compared, of others the station is called.
async fn placed(desk: &Desk, candidates: Vec<pb::Candidate>) -> Result<Vec<Stranded>, Fault> {
    let own: Vec<String> = super::stations(desk)
        .await?
        .into_iter()
        .filter_map(|one| one.division.get(..6).map(str::to_owned))
        .collect();
    let mut known: BTreeMap<String, Vec<pb::Station>> = BTreeMap::new();
    let mut placed = Vec::with_capacity(candidates.len());
    for one in candidates {
        let county = county_of(&one.stay).to_owned();
        if !known.contains_key(&county) {
            let found = desk.state.backends().rescue_stations(&county).await?;
            known.insert(county.clone(), found);
        }
        placed.push(Stranded {
            own: own.contains(&county),
            place: division::full_name(&county).unwrap_or_default(),
            stations: known.get(&county).cloned().unwrap_or_default(),
            one,
        });
    }
    Ok(placed)
}

fn purpose(
    desk: &Desk,
    report: &str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let here = query(SEARCH, &[("report", report)]);
    let page = PurposePage {
        chrome: desk
            .clone()
            .at(here)
            .chrome()
            .titled("为什么查找", Section::Rescue),
        problems,
        csrf: desk.who()?.csrf.clone(),
        number: String::new(),
        report: report.to_owned(),
        post: SEARCH.to_owned(),
        back: PATH.to_owned(),
        duties: vec![],
    };
    Ok(desk.page_with(status, &page))
}
