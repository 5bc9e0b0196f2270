//! Pages for everybody: home, items, guides, help, size of print, files.

use axum::{
    Json,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use serde_json::json;
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;

use crate::one_thing::definitions;

use super::{
    assets::Asset,
    desk::{Desk, LARGE_COOKIE, go, own_path},
    view::{
        Section,
        public::{self, DraftLink, GuidePage, Help, Home, Items},
    },
};

/// Home.
pub(crate) async fn home(desk: Desk) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    // The home page stands even when a service is away.
    let items = backends.items().await.unwrap_or_default();
    let notices = backends
        .notices("", "", 5)
        .await
        .map(|page| page.entries)
        .unwrap_or_default();
    let drafts = match &desk.who {
        Some(who) => backends.drafts(who).await.unwrap_or_default(),
        None => vec![],
    };
    Ok(desk.page(&Home {
        chrome: desk.chrome().titled("首页", Section::Home),
        drafts: drafts.iter().map(DraftLink::of).collect(),
        services: public::service_cards(&items),
        one_things: definitions::for_anybody(),
        notices,
    }))
}

/// All items, or those that answer to a search.
pub(crate) async fn items(desk: Desk) -> Result<Response, Fault> {
    let query: String = desk.query("q").chars().take(60).collect();
    let items = desk.state.backends().items().await?;
    Ok(desk.page(&Items {
        chrome: desk.chrome().titled("能办什么事", Section::Items),
        items: public::find_items(&items, &query),
        query,
    }))
}

/// The guide 办事指南 of one item.
pub(crate) async fn guide(desk: Desk) -> Result<Response, Fault> {
    let item = desk.state.backends().item(desk.param(0)?).await?;
    let has_draft = match &desk.who {
        Some(who) => desk.state.backends().draft(who, &item.code).await.is_ok(),
        None => false,
    };
    let chrome = desk.chrome().titled(item.title.clone(), Section::Items);
    Ok(desk.page(&GuidePage::new(chrome, item, has_draft)))
}

/// Help and accessibility.
pub(crate) async fn help(desk: Desk) -> Result<Response, Fault> {
    let staff = desk.who.as_ref().is_some_and(|who| who.is_staff());
    Ok(desk.page(&Help {
        chrome: desk.chrome().titled("使用帮助", Section::Help),
        staff,
    }))
}

/// Changes the size of print and comes back.
pub(crate) async fn display(desk: Desk) -> Result<Response, Fault> {
    let large = if desk.query("large") == "1" { "1" } else { "0" };
    let cookie = Cookie::build((LARGE_COOKIE, large))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(desk.state.config().http.secure_cookies)
        .permanent()
        .build();
    let back = go(own_path(desk.query("back")));
    Ok((CookieJar::new().add(cookie), back).into_response())
}

/// The divisions below one, for the boxes of the enhanced form.
pub(crate) async fn divisions(desk: Desk) -> Result<Response, Fault> {
    let below = |parent: &str| -> Vec<division::Division> {
        let children = division::children(parent).into_iter();
        // 重庆市 → 市辖区 and 县 are rows of the table, not places; their children stand in.
        children
            .flat_map(|child| match child.is_placeholder() {
                true => division::children(child.code),
                false => vec![child],
            })
            .collect()
    };
    let list: Vec<_> = below(desk.query("parent"))
        .iter()
        .map(|child| json!({ "code": child.code, "name": child.name }))
        .collect();
    let day = HeaderValue::from_static("public, max-age=86400");
    Ok(([(header::CACHE_CONTROL, day)], Json(list)).into_response())
}

/// A file of the portal.
pub(crate) async fn asset(Path((digest, name)): Path<(String, String)>) -> Response {
    let Some(asset) = Asset::find(&digest, &name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.bytes).into_response()
}
