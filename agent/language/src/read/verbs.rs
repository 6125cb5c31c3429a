//! Verbs that to-dos begin with. To teach another, add it.

use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) static VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split(' ').collect());

const WORDS: &str = "\
    accept activate adjust air alphabetize analyse analyze apologize apply approve archive arrange ask assemble \
    assess attend audit babysit back backup bake balance barbecue bathe begin bleach block boil book borrow bottle \
    brainstorm brew bring brush budget buff build buy calibrate call cancel carve celebrate change charge chase \
    check choose chop claim clean clear climb close code collect compare compile complain compose configure confirm \
    congratulate connect consult contact convert cook coordinate copy cover crochet cut darn debug declutter \
    decorate defrost delegate deliver deploy deposit descale design develop dig discuss disinfect dispose do donate \
    download draft drain draw drink drive drop dryclean dust dye eat edit email empty enrol enroll escalate estimate \
    evaluate examine exchange exercise explore export feed fetch file fill finalise finalize find finish fix floss \
    fold follow forward frame freeze fry gather get give go grab grade greet groom grow hang harvest have help hem \
    hike hire hit hoover hunt implement import inform inquire inspect install interview invest investigate invite \
    invoice iron jog join knit launch lay learn leave lend lift load locate lock log look lube mail make manage \
    marinate massage measure meditate meet mend merge message migrate monitor mop mount move mow nag negotiate \
    nominate notify order organise organize outline oversee pack paint park pay peel phone photograph pick ping plan \
    plant plaster play polish post practice practise preheat prep prepare print process proofread propose prune \
    publish pull pump purchase put rake read rearrange rebook reboot rebuild recharge reconcile record recycle \
    redecorate redeem refactor refill refinance refresh refund register rehearse reheat relist renew renovate rent \
    reorder reorganise reorganize repack repair repay replace replant reply repot request rescue research reserve \
    reset resize respond restart restock retrieve return review revise rewire rewrite ring rinse roast rotate rsvp \
    run sand sanitise sanitize save scan schedule scrub seal secure sell send service set settle sew shampoo sharpen \
    shave ship shop shovel shred sign simplify sketch skim slice sneak soak sort sow speak spray stack stake start \
    steam sterilise sterilize stitch stock straighten stretch study submit subscribe summarise summarize supervise \
    swap sweep swim switch sync tackle take talk tape teach tell telephone tend test text thank thaw throw tidy tie \
    tinker top train transcribe transfer translate transport travel treat trim troubleshoot try tune turn unblock \
    unclog uninstall unload unpack unplug unsubscribe upcycle update upgrade upload vaccinate vacuum validate \
    varnish venmo verify visit vote walk wash watch water wax weed weigh whatsapp whisk wind winterize wipe withdraw \
    work worm wrap write \
    bleed bury convince declare dismantle dispute fertilise fertilize glue grease hand insulate insure listen lodge \
    memorise memorize oil remortgage repaint reseal regrout unscrew wallpaper";
