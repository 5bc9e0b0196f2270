//! The authorisation matrix, as far as the gateway decides by itself: every
//! route of the table is tried by nobody, by a citizen and with a bad token.

use std::collections::BTreeSet;

use reqwest::{Method, Response};
use yiwang_gateway::route::{Auth, Door, RouteInfo};

use crate::harness::{Gateway, failure, id_number};

/// A path of the route with something in every parameter.
fn path_of(route: &RouteInfo) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{id}" | "{file_id}" | "{file}" => "0190c8a0-0000-7000-8000-000000000000",
        part if part.starts_with('{') => "unknown",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn call(gateway: &Gateway, route: &RouteInfo, header: Option<(&str, &str)>) -> Response {
    let request = gateway.request(route.method.clone(), &path_of(route));
    let request = header.into_iter().fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    request.send().await.unwrap()
}

#[tokio::test]
async fn nobody_gets_past_a_door_that_is_not_public() {
    let gateway = Gateway::start().await;
    let routes = yiwang_gateway::routes();
    assert!(routes.len() > 40);
    for route in routes.iter().filter(|route| route.auth != Auth::Public) {
        let answer = call(&gateway, route, None).await;
        match route.door {
            Door::Rest => {
                let refused = failure(answer).await;
                assert_eq!(refused, (401, "UNAUTHENTICATED".to_owned()), "{route:?}");
                let bad = call(&gateway, route, Some(("authorization", "Bearer invented"))).await;
                assert_eq!(failure(bad).await.0, 401, "{route:?}");
            }
            Door::Portal => {
                assert_eq!(answer.status(), 303, "{route:?}");
                let to = answer.headers()["location"].to_str().unwrap();
                assert!(to.starts_with("/login?next=%2F"), "{route:?}: {to}");
            }
            Door::Asset => panic!("a file is public: {route:?}"),
        }
    }
}

#[tokio::test]
async fn a_citizen_does_not_get_past_a_door_for_staff() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let cookie = gateway.browser(account, false).await;
    let bearer = format!("Bearer {token}");
    let staff: Vec<_> = yiwang_gateway::routes();
    let staff: Vec<_> = staff
        .iter()
        .filter(|route| route.auth == Auth::Staff)
        .collect();
    assert!(staff.len() >= 6);
    for route in staff {
        let header = match route.door {
            Door::Rest => ("authorization", bearer.as_str()),
            _ => ("cookie", cookie.as_str()),
        };
        let answer = call(&gateway, route, Some(header)).await;
        assert_eq!(answer.status(), 403, "{route:?}");
    }
}

#[tokio::test]
async fn cookies_do_not_open_rest_and_tokens_do_not_open_pages() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let bearer = format!("Bearer {token}");
    let page = gateway
        .request(Method::GET, "/account")
        .header("authorization", &bearer);
    assert_eq!(page.send().await.unwrap().status(), 303);
    let cookie = format!("yiwang_session={token}");
    let rest = gateway
        .request(Method::GET, "/api/v1/account")
        .header("cookie", cookie);
    assert_eq!(rest.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn each_route_is_in_the_table_once_and_public_ones_are_named_here() {
    let routes = yiwang_gateway::routes();
    let unique: BTreeSet<_> = routes
        .iter()
        .map(|route| (route.method.as_str(), route.path))
        .collect();
    assert_eq!(unique.len(), routes.len());
    // A new public REST route is a decision: it is written down here.
    let public: BTreeSet<String> = routes
        .iter()
        .filter(|route| route.auth == Auth::Public && route.door == Door::Rest)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let expected = [
        "GET /.well-known/jwks.json",
        "GET /.well-known/yiwang-certificate-keys.json",
        "GET /api/v1/burial/cemeteries",
        "GET /api/v1/burial/cemeteries/{code}",
        "GET /api/v1/burial/cemeteries/{code}/plan",
        "GET /api/v1/burial/figures",
        "GET /api/v1/burial/homes",
        "GET /api/v1/burial/homes/{code}/times",
        "GET /api/v1/burial/prices",
        "GET /api/v1/burial/waivers",
        "GET /api/v1/certificates/check",
        "GET /api/v1/child/search-notices",
        "GET /api/v1/demo/clock",
        "GET /api/v1/divisions",
        "GET /api/v1/halls",
        "GET /api/v1/halls/{code}/days",
        "GET /api/v1/halls/{code}/slots",
        "GET /api/v1/items",
        "GET /api/v1/items/{code}",
        "GET /api/v1/memorials",
        "GET /api/v1/memorials/{code}",
        "GET /api/v1/notices",
        "GET /api/v1/notices/{id}",
        "GET /api/v1/openapi.json",
        "GET /api/v1/rescue/alerts",
        "GET /api/v1/rescue/campaigns",
        "GET /api/v1/rescue/notices",
        "GET /api/v1/rescue/notices/{id}",
        "GET /api/v1/rescue/stations",
        "GET /api/v1/visits/facilities",
        "GET /api/v1/visits/facilities/{code}/days",
        "GET /api/v1/visits/facilities/{code}/slots",
        "POST /api/v1/accounts",
        "POST /api/v1/callbacks/{department}",
        "POST /api/v1/child/receipt",
        "POST /api/v1/child/reports",
        "POST /api/v1/demo/clock",
        "POST /api/v1/notices/{id}/objections",
        "POST /api/v1/rescue/told",
        "POST /api/v1/session",
        "POST /api/v1/session/refresh",
    ];
    assert_eq!(public, expected.map(ToOwned::to_owned).into());
}

#[tokio::test]
async fn nothing_public_fails_with_500_when_no_service_is_there() {
    let gateway = Gateway::start().await;
    for route in yiwang_gateway::routes() {
        let answer = call(&gateway, &route, None).await;
        assert!(
            answer.status().as_u16() < 500,
            "{route:?}: {}",
            answer.status()
        );
    }
}
