//! Looks up what calls touch and whether the person named it, before they are judged.

use super::Halt;
use super::attempt::Runner;
use crate::chat::engine::look::{Look, TakesBack};
use crate::chat::engine::summary;
use crate::chat::engine::wording::Wording;
use crate::chat::turns::store::{self, TurnRow};
use crate::chat::turns::window;
use crate::db::Connection;
use crate::error::ApiError;
use crate::journal::of_turns as journal;
use crate::journal::prospect::{Direction, Prospect, Reach, prospect};
use todo_contract::policy::Touch;
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, ItemError, ToolCall};

impl Runner {
    /// Looks the calls up, and takes in what was found.
    pub(super) async fn look(&mut self, calls: Vec<ProposedCall>) -> Result<(), Halt> {
        let attempt = self.attempt;
        let looked = self.state.db.read(move |connection| {
            let Some(row) = store::find(connection, attempt.user_id, attempt.turn_id)? else { return Ok(None) };
            let wording = Wording::of(&row.message);
            let looks = calls.iter().map(|call| Ok((call.id.clone(), look(connection, &row, &wording, &call.call)?)));
            Ok(Some(looks.collect::<Result<Vec<(CallId, Look)>, ApiError>>()?))
        });
        for (id, look) in looked.await?.ok_or(Halt::Ended)? {
            self.progress.looked(&id, look);
        }
        Ok(())
    }
}

fn look(connection: &mut Connection, row: &TurnRow, wording: &Wording, call: &ToolCall) -> Result<Look, ApiError> {
    let (direction, asked) = match call {
        ToolCall::UndoLast(_) => (Direction::Undo, wording.asks_for_undo()),
        ToolCall::RedoLast(_) => (Direction::Redo, wording.asks_for_redo()),
        _ => {
            let ids = summary::task_ids(call);
            let mut titles = store::titles(connection, row.user_id, &ids)?;
            let window = window::turns(connection, row)?;
            titles.extend(journal::titles_before(connection, row.user_id, &window, &ids)?);
            return Ok(Look { named: wording.asks_for(call, &titles), takes_back: None });
        }
    };
    let reach = if asked { Reach::Account } else { Reach::Conversation };
    let takes_back = match prospect(connection, row.user_id, &row.conversation_id, direction, reach) {
        Ok(found) => Ok(takes_back(direction, found)),
        Err(error) if error.code.status() < 500 => {
            Err(ItemError { code: error.code.word().to_owned(), detail: error.detail, candidates: Vec::new() })
        }
        Err(error) => return Err(error),
    };
    Ok(Look { named: asked, takes_back: Some(takes_back) })
}

fn takes_back(direction: Direction, found: Prospect) -> TakesBack {
    let Prospect { operation, own, deleted, changed, more } = found;
    let ids = |tasks: &[(_, String)]| tasks.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let touch = Touch::taking_back(ids(&deleted), ids(&changed));
    let titles = |tasks: Vec<(_, String)>| tasks.into_iter().map(|(_, title)| title).collect::<Vec<_>>();
    let summary = summary::of_taking_back(direction == Direction::Redo, &titles(deleted), &titles(changed), more);
    TakesBack { operation, touch, own, summary }
}
