//! Stations: who is where, places, articles, care.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Stations of a division with their hotline; of all when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn rescue_stations(&self, division: &str) -> Result<Vec<pb::Station>, Fault> {
        let request = pb::ListStationsRequest {
            division: division.to_owned(),
        };
        rpc!(self.rescue.stations.list_stations, None, request).map(|list| list.stations)
    }

    /// The board of a station, now.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn station_board(
        &self,
        who: impl Into<Identity>,
        station: &str,
    ) -> Result<pb::StationBoard, Fault> {
        let who = who.into();
        let request = pb::GetBoardRequest {
            station: station.to_owned(),
        };
        rpc!(self.rescue.stations.get_board, Some(&who), request)
    }

    /// Rooms, hospitals, vehicles, foster homes of a station and who is in them.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn station_places(
        &self,
        who: impl Into<Identity>,
        request: pb::ListPlacesRequest,
    ) -> Result<Vec<pb::Place>, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.list_places, Some(&who), request).map(|list| list.places)
    }

    /// How many people were where at an instant; now when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn head_count(
        &self,
        who: impl Into<Identity>,
        station: &str,
        at: &str,
    ) -> Result<pb::HeadCount, Fault> {
        let who = who.into();
        let request = pb::GetHeadCountRequest {
            station: station.to_owned(),
            at: at.to_owned(),
        };
        rpc!(self.rescue.stations.get_head_count, Some(&who), request)
    }

    /// Articles and meals of a station.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn station_articles(
        &self,
        who: impl Into<Identity>,
        station: &str,
    ) -> Result<Vec<pb::Article>, Fault> {
        let who = who.into();
        let request = pb::ListArticlesRequest {
            station: station.to_owned(),
        };
        rpc!(self.rescue.stations.list_articles, Some(&who), request).map(|list| list.articles)
    }

    /// The moves of an article, the latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn article_moves(
        &self,
        who: impl Into<Identity>,
        article: &str,
    ) -> Result<Vec<pb::ArticleMove>, Fault> {
        let who = who.into();
        let request = pb::ListArticleMovesRequest {
            article: article.to_owned(),
        };
        rpc!(self.rescue.stations.list_article_moves, Some(&who), request).map(|list| list.moves)
    }

    /// A delivery, or what is written off.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn move_stock(
        &self,
        who: impl Into<Identity>,
        request: pb::MoveStockRequest,
    ) -> Result<pb::Article, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.move_stock, Some(&who), request)
    }

    /// A meal for everybody in the house.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn serve_meal(
        &self,
        who: impl Into<Identity>,
        request: pb::ServeMealRequest,
    ) -> Result<pb::MealServed, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.serve_meal, Some(&who), request)
    }

    /// What was done for somebody.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn care_of(
        &self,
        who: impl Into<Identity>,
        case_number: &str,
    ) -> Result<Vec<pb::CareEntry>, Fault> {
        let who = who.into();
        let request = pb::ListCareRequest {
            case_number: case_number.to_owned(),
        };
        rpc!(self.rescue.stations.list_care, Some(&who), request).map(|list| list.entries)
    }

    /// The list of belongings.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn belongings_of(
        &self,
        who: impl Into<Identity>,
        case_number: &str,
    ) -> Result<Vec<pb::Belonging>, Fault> {
        let who = who.into();
        let request = pb::ListBelongingsRequest {
            case_number: case_number.to_owned(),
        };
        rpc!(self.rescue.stations.list_belongings, Some(&who), request).map(|list| list.belongings)
    }

    /// Adds or changes a station.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_station(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveStationRequest,
    ) -> Result<pb::Station, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.save_station, Some(&who), request)
    }

    /// Adds or changes a place of a station.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_station_place(
        &self,
        who: impl Into<Identity>,
        request: pb::SavePlaceRequest,
    ) -> Result<pb::Place, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.save_place, Some(&who), request)
    }

    /// Adds or changes an article of a station.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_station_article(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveArticleRequest,
    ) -> Result<pb::Article, Fault> {
        let who = who.into();
        rpc!(self.rescue.stations.save_article, Some(&who), request)
    }
}
