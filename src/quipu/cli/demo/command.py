from quipu.cli.call import Answer, Call


def demo(call: Call) -> Answer:
    raise NotImplementedError
