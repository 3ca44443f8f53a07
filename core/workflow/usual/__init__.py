"""What most kinds of case have in common, so that a kind declares only what is its own.

    from core.workflow.usual import asks, guards, states, steps

`states` and `steps` are the beginnings and ends that applications share: draft, correction,
withdrawal, lapse, deemed acceptance. Each takes what differs by name; anything that `State` or
`Transition` knows may be said again and then holds instead. `asks` are questions that come back,
`guards` reasons why a step must wait, `papers` the road of an instrument to the case.
"""
