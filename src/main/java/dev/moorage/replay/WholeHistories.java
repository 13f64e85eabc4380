package dev.moorage.replay;

import dev.moorage.domain.Lifecycle;
import dev.moorage.journal.Recorded;
import dev.moorage.view.World;
import java.util.function.Consumer;

/**
 * Passes events on to one who folds them into a world, as long as each finds what it happens to.
 *
 * @param world into which they are folded
 */
record WholeHistories(World world, Consumer<Recorded> fold) implements History.Reader {
    @Override
    public void event(Recorded recorded, int bytes) {
        if (!world.knows(recorded.entity()) && !Lifecycle.isFirst(recorded.event())) {
            throw new BadInput("The history of " + recorded.entity().value() + " has no beginning: its event number "
                    + recorded.sequenceNr() + " at offset " + recorded.offset()
                    + " is the first one there (moorage journal verify says what else is wrong)");
        }
        fold.accept(recorded);
    }
}
