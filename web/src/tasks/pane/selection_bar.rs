//! What can be done with the selected tasks.

use super::act::Hand;
use crate::store::ManyKind;
use crate::store::query::StatusFilter;
use crate::tasks::selection::Deed;
use crate::ui::{Button, ButtonKind, IconName};
use crate::words::{common, tasks as words};
use yew::prelude::*;

pub(super) fn selection_bar(hand: &Hand) -> Html {
    let count = hand.doing.selected.len();
    let many = |kind: ManyKind| {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| {
            let ids: Vec<_> = hand.doing.selected.iter().copied().collect();
            hand.store.many(kind, &ids);
            hand.doing.dispatch(Deed::Selecting(false));
        })
    };
    let delete = {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| hand.delete_selected())
    };
    let all = {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| hand.doing.dispatch(Deed::SelectAll(hand.store.listing.ids.clone())))
    };
    let leave = {
        let doing = hand.doing.dispatcher();
        Callback::from(move |_: MouseEvent| doing.dispatch(Deed::Selecting(false)))
    };
    let none = count == 0;
    html! {
        <div class="selection-bar" role="toolbar" aria-label={words::SELECTION}>
            <span class="selection-count" role="status">{words::selected(count)}</span>
            <Button kind={ButtonKind::Quiet} class="button-small" onclick={all}>{words::SELECT_ALL}</Button>
            <span class="filters-gap"></span>
            if hand.store.listing.query.shown_status() == StatusFilter::Trash {
                <Button icon={IconName::Restore} class="button-small" disabled={none} onclick={many(ManyKind::Restore)}>{words::RESTORE}</Button>
            } else {
                <Button icon={IconName::Check} class="button-small" disabled={none} onclick={many(ManyKind::Complete)}>{words::COMPLETE}</Button>
                <Button icon={IconName::Trash} class="button-small" disabled={none} onclick={delete}>{words::DELETE}</Button>
            }
            <Button kind={ButtonKind::Quiet} class="button-small" onclick={leave}>{common::CANCEL}</Button>
        </div>
    }
}
