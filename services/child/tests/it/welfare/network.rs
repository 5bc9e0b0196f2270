//! Who stands around a child, as the caller may know it.

use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_proto::child::v1::{self as pb, welfare_server::Welfare as _};

use super::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_is_for_who_stands_on_the_case() {
    let desk = Desk::new().await;
    let number = desk.registered("20160512", 1).await;
    let asked = || pb::GetNetworkRequest {
        case_number: number.clone(),
    };
    let network = desk
        .welfare
        .get_network(as_caller(&desk.worker, asked()))
        .await;
    let network = unwrap(network).unwrap();
    let kinds: Vec<_> = network
        .nodes
        .iter()
        .map(|node| node.kind.as_str())
        .collect();
    assert_eq!(
        kinds,
        ["child", "parent", "parent", "carer", "school", "doctor"]
    );
    assert_eq!(network.nodes[0].label, "李**");
    let mother = network
        .nodes
        .iter()
        .find(|node| node.id == "mother")
        .unwrap();
    assert_eq!(
        (mother.note.as_str(), mother.tone.as_str()),
        ("重病", "watch")
    );
    assert!(
        network
            .edges
            .iter()
            .any(|edge| edge.from == "carer" && edge.words == "祖母")
    );
    let hidden = desk
        .welfare
        .get_network(as_caller(&desk.neighbour, asked()))
        .await;
    assert_eq!(unwrap(hidden).unwrap_err().reason, "CASE_NOT_FOUND");
}
